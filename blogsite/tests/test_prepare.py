import re
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from blogsite import prepare
from posts.models import Post
from posts.tallies import triggers

ADMINISTRATOR = re.compile(r"Administrator: (\S+@\S+)  password: (\S{16,})")


@pytest.fixture
def site(settings, tmp_path):
    """Folders of its own and one static file, so that collecting is quick."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "site.css").write_text("body { color: black }")
    settings.VAR_DIR = tmp_path / "var"
    settings.MEDIA_ROOT = str(tmp_path / "var" / "media")
    settings.STATIC_ROOT = tmp_path / "var" / "static"
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    return settings


def prepared():
    """What a start says."""
    lines = []
    prepare.prepare(lines.append)
    return lines


def make_person():
    return get_user_model().objects.create_user("somebody@example.org", "a long password")


@pytest.mark.django_db
def test_prepare_fills_an_empty_site_and_shows_the_password_once(site, client):
    def hang_up(line):
        if ADMINISTRATOR.fullmatch(line):
            raise BrokenPipeError

    # A start that is cut short before anyone saw the password leaves the site empty.
    with pytest.raises(BrokenPipeError):
        prepare.prepare(hang_up)
    assert not get_user_model().objects.exists()
    assert not Post.everything.exists()

    # The next one fills it.
    lines = prepared()
    administrator = [found for line in lines if (found := ADMINISTRATOR.fullmatch(line))]
    assert len(administrator) == 1
    email, password = administrator[0].groups()
    assert get_user_model().objects.get(email=email).has_first_password
    assert client.login(email=email, password=password)
    assert client.get("/admin/").status_code == 200
    assert Post.objects.published().exists()

    # And all later ones have nothing to say.
    assert prepared() == []


@pytest.mark.django_db
def test_prepare_leaves_a_site_with_a_person_alone(site):
    make_person()

    prepared()

    assert not Post.everything.exists()
    assert get_user_model().objects.count() == 1


@pytest.mark.django_db
def test_prepare_leaves_a_site_with_a_trashed_post_alone(site):
    Post.everything.create(title="Gone", slug="gone", deleted_at="2026-01-01T00:00:00Z")

    prepared()

    assert not get_user_model().objects.exists()
    assert Post.everything.count() == 1


@pytest.mark.django_db
def test_prepare_collects_static_files_only_when_they_changed(site):
    make_person()

    assert prepared() == ["Collecting static files"]
    assert prepared() == []

    (site.STATICFILES_DIRS[0] / "site.css").write_text("body { color: navy }")
    assert prepared() == ["Collecting static files"]
    assert (site.STATIC_ROOT / "site.css").read_text() == "body { color: navy }"


@pytest.mark.django_db
def test_prepare_collects_again_after_a_collection_cut_short(site):
    make_person()
    prepared()
    (site.VAR_DIR / prepare.STATIC_STAMP).unlink()
    (site.STATIC_ROOT / "site.css").write_text("body {")

    prepared()

    assert (site.STATIC_ROOT / "site.css").read_text() == "body { color: black }"


@pytest.mark.django_db
def test_prepare_keeps_mail_and_logs_private(site):
    make_person()

    prepared()

    modes = [(site.VAR_DIR / name).stat().st_mode & 0o777 for name in ["mail", "logs"]]
    assert modes == [0o700, 0o700]


@pytest.mark.django_db
def test_prepare_serves_static_files_from_their_source_in_development(site):
    site.DEBUG = True
    make_person()

    assert prepared() == []
    assert not site.STATIC_ROOT.exists()


@pytest.mark.django_db(transaction=True)
def test_reset_replaces_all_content(site, client):
    make_person()
    Post.objects.create(title="Mine", slug="mine")
    prepare.make_folders()
    (site.VAR_DIR / "media" / "mine.png").write_bytes(b"picture")
    output = StringIO()

    call_command("prepare", reset=True, force=True, stdout=output)

    assert not Post.everything.filter(slug="mine").exists()
    assert Post.objects.published().exists()
    assert not (site.VAR_DIR / "media" / "mine.png").exists()
    email, password = ADMINISTRATOR.fullmatch(output.getvalue().splitlines()[-1]).groups()
    assert client.login(email=email, password=password)


def test_remove_media_spares_a_folder_elsewhere(site, tmp_path):
    site.MEDIA_ROOT = str(tmp_path / "elsewhere")
    prepare.make_folders()
    (tmp_path / "elsewhere" / "mine.png").write_bytes(b"picture")

    prepare.remove_media()

    assert (tmp_path / "elsewhere" / "mine.png").read_bytes() == b"picture"


@pytest.mark.django_db
def test_reset_without_a_terminal_needs_force(site):
    person = make_person()

    with pytest.raises(CommandError, match="FORCE=1 make demo"):
        call_command("prepare", reset=True)

    assert list(get_user_model().objects.all()) == [person]


@pytest.mark.django_db
def test_prepare_names_a_folder_it_cannot_use(site, tmp_path):
    (tmp_path / "file").touch()
    site.VAR_DIR = tmp_path / "file" / "var"

    with pytest.raises(CommandError, match=f"Cannot use {tmp_path}/file/var: not a directory"):
        call_command("prepare")


def test_migrations_are_complete(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)

    assert not prepare.has_unapplied_migrations()


@pytest.mark.django_db(transaction=True)
def test_start_that_was_killed_after_its_migrations_is_finished_by_the_next(site):
    prepare.make_folders()
    triggers.take_out("default")
    (site.VAR_DIR / prepare.UNFINISHED).touch()

    prepare.migrate(print)

    assert triggers.are_there("default")
    assert not (site.VAR_DIR / prepare.UNFINISHED).exists()
