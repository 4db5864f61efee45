"""Pictures in the trash: hidden, gone at their address, and back as they were."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from posts import trash
from posts.models import Image, Post, Redirect
from posts.pictures.orphans import remove_orphans
from posts.tests.authors import sign_in
from posts.tests.factories import make_post, make_user
from posts.tests.pictures import files_in, picture_bytes, store
from posts.tests.writing import address

pytestmark = pytest.mark.django_db


def addresses_of(image) -> list[str]:
    return [image.url, *(default_storage.url(copy["file"]) for copy in image.renditions)]


def statuses(client, addresses) -> set[int]:
    return {client.get(each).status_code for each in addresses}


def test_trashed_picture_is_gone_at_all_its_addresses_and_comes_back(client):
    image = store(picture_bytes(size=(900, 600)), alt="A red door")
    other = store(picture_bytes(colour="red"))
    remover = make_user()

    trash.move_to_trash(image, by=remover, why="Not ours")

    assert statuses(client, addresses_of(image)) == {410}
    assert statuses(client, addresses_of(other)) == {200}
    assert list(Image.objects.all()) == [other]
    kept = Image.everything.trashed().get()
    assert (kept.deleted_by, kept.deleted_why) == (remover, "Not ours")

    trash.restore(kept)

    restored = Image.objects.get(pk=image.pk)
    assert statuses(client, addresses_of(image)) == {200}
    assert (restored.alt, restored.deleted_at, restored.deleted_why) == ("A red door", None, "")


@pytest.mark.django_db(transaction=True)
def test_purged_picture_stays_gone_and_leaves_no_file(client, media_folder):
    image = store(picture_bytes(size=(900, 600)))
    trash.move_to_trash(image, by=None)

    assert trash.purge(timedelta(0))["pictures"] == 1

    assert statuses(client, addresses_of(image)) == {410}
    assert files_in(media_folder) == []
    assert not Image.everything.exists()
    assert Redirect.objects.count() == 1


def test_unknown_picture_is_not_gone(client):
    trash.move_to_trash(store(picture_bytes()), by=None)

    assert client.get("/media/images/2026/" + "0" * 32 + ".png").status_code == 404
    assert client.get("/media/images/2026/other.png").status_code == 404


def test_files_of_a_trashed_picture_are_no_orphans(media_folder):
    trash.move_to_trash(store(picture_bytes()), by=None)
    before = files_in(media_folder)

    assert remove_orphans(older_than=timedelta(0)) == 0
    assert files_in(media_folder) == before


@pytest.mark.django_db(transaction=True)
def test_purge_cut_off_before_its_files_leaves_orphans_and_no_row(media_folder, monkeypatch):
    image = store(picture_bytes())
    trash.move_to_trash(image, by=None)

    def killed(name):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(default_storage, "delete", killed)
        with pytest.raises(KeyboardInterrupt):
            trash.purge(timedelta(0))

    assert not Image.everything.exists()
    assert files_in(media_folder)
    remove_orphans(older_than=timedelta(0))
    assert files_in(media_folder) == []


@pytest.mark.django_db(transaction=True)
def test_purge_that_fails_keeps_row_and_files(media_folder, monkeypatch):
    image = store(picture_bytes())
    trash.move_to_trash(image, by=None)
    before = files_in(media_folder)

    def killed(self, *args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Image, "delete", killed)
        with pytest.raises(KeyboardInterrupt):
            trash.purge(timedelta(0))

    assert Image.everything.get() == image
    assert files_in(media_folder) == before
    assert not Redirect.objects.exists()


def test_same_picture_uploaded_again_comes_out_of_the_trash():
    data = picture_bytes()
    trash.move_to_trash(store(data), by=None)

    again = store(data)

    assert list(Image.objects.all()) == [again]


def test_lists_do_not_show_a_trashed_cover(client):
    image = store(picture_bytes(), alt="Zqdoor")
    post = make_post(cover=image, cover_alt="Zqdoor")
    in_text = make_post(body=f"![Zqdoor]({image.url})")

    trash.move_to_trash(image, by=None)

    assert image.file not in client.get("/").content.decode()
    assert image.file not in client.get(post.get_absolute_url()).content.decode()

    in_text.refresh_from_db()
    in_text.save()  # somebody goes on writing: the renderer does not know the picture now
    assert Post.objects.get(pk=in_text.pk).lead_image is None

    trash.restore(Image.everything.get())

    assert image.file in client.get(post.get_absolute_url()).content.decode()
    assert client.get("/").content.decode().count("<picture>") == 2
    assert "<picture>" in client.get(in_text.get_absolute_url()).content.decode()


def test_post_with_a_trashed_cover_can_be_saved(admin_client):
    from posts.tests.writing import edit

    image = store(picture_bytes())
    post = make_post(cover=image)
    trash.move_to_trash(image, by=None)

    edit(admin_client, post, title="Changed")

    assert Post.objects.get().title == "Changed"
    assert Post.objects.get().cover == image


def test_editor_throws_a_picture_away_and_is_told_where_it_is_used(admin_client, admin_user):
    image = store(picture_bytes())
    post = make_post(title="Shows it", body=f"![]({image.url})")
    url = address("delete", image.pk, model="image")

    asked = admin_client.get(url).content.decode()
    admin_client.post(url, {"post": "yes", "why": "Blurred"})

    assert str(post) in asked
    trashed = Image.everything.get()
    assert (trashed.deleted_by, trashed.deleted_why) == (admin_user, "Blurred")
    page = admin_client.get(address("change", image.pk, model="image")).content.decode()
    assert "Blurred" in page
    assert 'name="_save"' not in page


def test_trashed_picture_is_offered_to_nobody(admin_client):
    trash.move_to_trash(store(picture_bytes(), alt="Zqdoor"), by=None)
    query = {"app_label": "posts", "model_name": "post", "field_name": "cover", "term": "Zqdoor"}

    listed = admin_client.get(address("changelist", model="image")).content.decode()
    offered = admin_client.get(reverse("admin:autocomplete"), query).json()["results"]

    assert "Zqdoor" not in listed
    assert offered == []


def test_author_restores_no_picture(client):
    author = sign_in(client)
    image = store(picture_bytes(), uploaded_by=author)
    trash.move_to_trash(image, by=None)

    assert client.post(address("restore", image.pk, model="image")).status_code == 403
    assert not Image.objects.exists()
