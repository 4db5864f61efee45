"""What people say of themselves, changed by themselves."""

import io
import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.signals import pre_save
from django.urls import reverse
from PIL import Image as Pillow

from accounts.models import User
from accounts.periodic import remove_pictures_of_nobody
from accounts.signals import handle_changed
from accounts.tests.factories import make_user
from blogsite.audit.models import Event
from blogsite.pictures.tests.making import animation, picture_bytes, png

pytestmark = pytest.mark.django_db

PROFILE = "/account/profile/"
PICTURE = "/account/profile/picture/"


@pytest.fixture
def ada(client):
    user = make_user(email="ada@example.org", display_name="Ada", handle="ada")
    client.force_login(user)
    return user


def save(client, **fields):
    known = {"display_name": "Ada", "handle": "ada", "bio": "", "links": "", "time_zone": ""}
    return client.post(PROFILE, known | fields)


def upload(client, data: bytes, name="me.png"):
    return client.post(PICTURE, {"picture": SimpleUploadedFile(name, data, "image/png")})


def stored(user) -> Pillow.Image:
    user.refresh_from_db()
    return Pillow.open(io.BytesIO((Path(settings.MEDIA_ROOT) / user.picture.name).read_bytes()))


def files(media_folder) -> list[str]:
    return sorted(path.name for path in media_folder.rglob("*") if path.is_file())


def test_profile_is_kept(client, ada):
    response = save(
        client,
        display_name="  Ada   Lovelace ",
        handle="countess",
        bio="Writes *notes*.",
        links="https://ada.example\r\n\r\n http://notes.example/a \r\nhttps://ada.example",
        time_zone="Europe/London",
    )

    ada.refresh_from_db()
    assert response.status_code == 302
    assert (ada.display_name, ada.handle, ada.bio, ada.time_zone) == (
        "Ada Lovelace",
        "countess",
        "Writes *notes*.",
        "Europe/London",
    )
    assert ada.link_list == ["https://ada.example", "http://notes.example/a"]
    assert Event.objects.get(verb="accounts.profile_changed").details == {
        "fields": ["display_name", "handle", "bio", "links", "time_zone"]
    }


def test_new_handle_is_announced_with_the_old_one(client, ada):
    heard = []

    def hear(sender, user, old_handle, **kwargs):
        heard.append((user.handle, old_handle))

    handle_changed.connect(hear)
    save(client, handle="countess")
    handle_changed.disconnect(hear)

    assert heard == [("countess", "ada")]


def test_nothing_else_of_an_account_is_changed_by_its_profile(client, ada):
    group = Group.objects.create(name="Editors of all")
    before = User.objects.filter(pk=ada.pk).values("email", "password", "is_active").get()

    save(
        client,
        is_staff="on",
        is_superuser="on",
        is_active="",
        email="other@example.org",
        password="guessed",
        groups=str(group.pk),
        user_permissions="1",
        picture="people/of-somebody.webp",
        has_first_password="on",
        leaves_at="2020-01-01",
        bio="New.",
    )

    ada.refresh_from_db()
    assert User.objects.filter(pk=ada.pk).values("email", "password", "is_active").get() == before
    assert (ada.bio, ada.is_staff, ada.is_superuser, ada.picture) == ("New.", False, False, "")
    assert (ada.has_first_password, ada.leaves_at) == (False, None)
    assert not ada.groups.exists()
    assert not ada.user_permissions.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"display_name": "\u202e\u200b"}, "a nickname will do"),
        ({"display_name": "a\0b" + "x" * 120}, "at most 120"),
        ({"handle": "no spaces"}, "Only letters"),
        ({"handle": "../ada"}, "Only letters"),
        ({"handle": ""}, "readers find you by it"),
        ({"handle": "TAKEN"}, "Somebody already has this handle."),
        ({"handle": "x" * 61}, "at most 60"),
        ({"bio": "x" * 1001}, "at most 1000"),
        ({"bio": "a\0b"}, "Null characters"),
        ({"links": "javascript:alert(1)"}, "no web address"),
        ({"links": "ftp://example.org"}, "no web address"),
        ({"links": "ada.example"}, "no web address"),
        ({"links": "\n".join(f"https://{n}.example" for n in range(11))}, "At most 10 links"),
        ({"links": "https://example.org/" + "x" * 500}, "too long"),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice"),
        ({"time_zone": "../../etc/passwd"}, "Select a valid choice"),
    ],
)
def test_what_does_not_fit_is_refused_in_words_and_kept_in_the_form(client, ada, fields, words):
    make_user(handle="taken")
    before = User.objects.values().get(pk=ada.pk)

    response = save(client, **fields)

    assert response.status_code == 200
    assert words in response.content.decode()
    assert User.objects.values().get(pk=ada.pk) == before


def test_handle_that_somebody_takes_in_the_same_moment_is_refused_in_words(client, ada):
    other = make_user(email="bee@example.org", handle="other")

    def be_quicker(sender, instance, **kwargs):
        User.objects.filter(pk=other.pk).update(handle="countess")

    pre_save.connect(be_quicker, sender=User)
    response = save(client, handle="countess")
    pre_save.disconnect(be_quicker, sender=User)

    assert response.status_code == 200
    assert "Somebody already has this handle." in response.content.decode()
    assert User.objects.get(pk=ada.pk).handle == "ada"


def test_own_handle_in_other_letters_is_nobody_elses(client, ada):
    save(client, handle="Ada")

    ada.refresh_from_db()
    assert ada.handle == "Ada"


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_picture_becomes_a_small_square_without_metadata(client, ada, format_):
    exif = Pillow.Exif()
    exif[0x010E] = "secret place"
    options = {"exif": exif.tobytes()} if format_ in {"JPEG", "PNG", "WEBP"} else {}

    upload(client, picture_bytes(format_, size=(1400, 900), **options), name="../../x.php")

    picture = stored(ada)
    assert (picture.format, picture.size) == ("WEBP", (512, 512))
    assert not picture.getexif()
    assert ada.picture.name.startswith("people/")
    assert "x.php" not in ada.picture.name


def test_small_picture_is_not_blown_up(client, ada):
    upload(client, picture_bytes(size=(40, 30)))

    assert stored(ada).size == (30, 30)


def test_moving_picture_stands_still(client, ada):
    upload(client, animation(3, "WEBP", size=(50, 50)))

    assert getattr(stored(ada), "n_frames", 1) == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<svg onload=alert(1)>", "export it as PNG"),
        (b"<html><script>alert(1)</script>", "This is not a picture."),
        (b"", "The file is empty."),
        (png(30_000, 30_000), "too many pixels"),
        (picture_bytes(size=(300, 300))[:-40], "damaged"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(client, ada, data, words, media_folder):
    response = upload(client, data)

    ada.refresh_from_db()
    assert response.status_code == 200
    assert words in response.content.decode()
    assert ada.picture == ""
    assert files(media_folder) == []


@pytest.mark.django_db(transaction=True)
def test_former_picture_goes_with_its_file(client, ada, media_folder):
    upload(client, picture_bytes())
    first = files(media_folder)

    upload(client, picture_bytes(colour="red"))
    second = files(media_folder)
    client.post(PICTURE, {"remove": "1"})

    ada.refresh_from_db()
    assert len(first) == len(second) == 1
    assert first != second
    assert (files(media_folder), ada.picture) == ([], "")


def test_picture_is_served_as_a_picture_and_nothing_else(client, ada):
    upload(client, picture_bytes())
    ada.refresh_from_db()

    response = client.get(ada.picture.url)

    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_start_page_leads_to_the_profile(client, ada):
    assert f'href="{PROFILE}"' in client.get(reverse("accounts:home")).content.decode()


@pytest.mark.parametrize("address", [PROFILE, PICTURE])
def test_profile_asks_who_is_there_and_is_kept_by_nobody(client, ada, address):
    page = client.get(address)
    client.logout()
    stranger = client.get(address)

    assert page["Cache-Control"] == "private, no-store"
    assert stranger.status_code == 302
    assert stranger["Location"].startswith("/account/login/")


def test_picture_that_a_killed_program_left_is_removed_after_a_day(client, ada, media_folder):
    upload(client, picture_bytes())
    [mine] = media_folder.rglob("*.webp")
    left = {name: mine.parent / name for name in ["old.webp", "new.webp"]}
    two_days_ago = time.time() - 2 * 24 * 3600
    for path in left.values():
        path.write_bytes(b"x")
    for path in [mine, left["old.webp"]]:
        os.utime(path, (two_days_ago, two_days_ago))

    remove_pictures_of_nobody()

    assert files(media_folder) == sorted([mine.name, "new.webp"])


@pytest.mark.parametrize(
    ("zone", "day"),
    [("", "1 May 2030"), ("Pacific/Kiritimati", "2 May 2030"), ("Mars/Olympus", "1 May 2030")],
)
def test_pages_of_the_account_tell_the_time_of_their_owner(client, ada, zone, day):
    noon = datetime(2030, 5, 1, 12, tzinfo=UTC)
    User.objects.filter(pk=ada.pk).update(time_zone=zone, leaves_at=noon)

    assert f"removed on {day}" in client.get("/account/").content.decode()
