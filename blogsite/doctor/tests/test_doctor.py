"""What the doctor finds: each fault is made, and named; a site in order has none."""

import json
import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as real_settings
from django.core.management import call_command
from django.utils import timezone

from blogsite.doctor import Grade, clock, database, examine, files
from blogsite.outgoing import leases
from blogsite.outgoing.models import Message
from blogsite.tls.authority import certificate_for

pytestmark = pytest.mark.django_db

UNSAFE, UNFINISHED, FINE = Grade.UNSAFE, Grade.UNFINISHED, Grade.FINE


@pytest.fixture(autouse=True)
def var_dir(settings, tmp_path) -> Path:
    folder = tmp_path / "var"
    folder.mkdir(mode=0o700)
    settings.VAR_DIR = folder
    return folder


def found(about) -> list[tuple[Grade, str]]:
    return [(each.grade, each.words) for each in examine() if each.about == about]


def grades(about) -> list[Grade]:
    return [grade for grade, _words in found(about)]


def test_every_finding_is_one_line_under_the_name_of_its_check():
    findings = examine()

    assert len(findings) > 12
    assert all(each.about and "\n" not in each.words for each in findings)


def test_no_finding_holds_the_key_or_a_password(settings):
    settings.DATABASES["default"]["PASSWORD"] = "hunter22hunter22"
    settings.EMAIL_HOST_PASSWORD = "hunter22hunter22"

    said = " ".join(each.words for each in examine())

    assert settings.SECRET_KEY not in said
    assert "hunter22" not in said


def test_check_that_fails_hides_no_other(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "gone")

    assert found("disk")[-1] == (UNFINISHED, "This could not be looked at (FileNotFoundError).")
    assert grades("debug") == [FINE]


# --- Settings ---------------------------------------------------------------------

SEALED_MAIL = {
    "MAIL_TRANSPORT": "server",
    "EMAIL_HOST": "mail.example.org",
    "EMAIL_USE_TLS": True,
}


@pytest.mark.parametrize(
    ("about", "changes", "grade"),
    [
        ("secret key", {}, FINE),
        ("secret key", {"SECRET_KEY_FALLBACKS": ["x" * 60]}, UNFINISHED),
        ("secret key", {"DEBUG": True, "SECRET_KEY": "short"}, UNFINISHED),
        ("debug", {}, FINE),
        ("debug", {"DEBUG": True}, UNSAFE),
        ("address", {"SITE_HOST": "127.0.0.1"}, FINE),
        ("address", {"SITE_HOST": "blog.example.org"}, UNSAFE),
        ("address", {"SITE_HOST": "blog.example.org", "HTTPS": True}, FINE),
        ("address", {"SITE_HOST": "192.168.1.4"}, UNFINISHED),
        ("hosts", {"ALLOWED_HOSTS": ["blog.example.org"]}, FINE),
        ("hosts", {"ALLOWED_HOSTS": [".example.org"]}, UNFINISHED),
        ("proxies", {}, FINE),
        ("proxies", {"HTTPS": True}, UNFINISHED),
        ("proxies", {"HTTPS": True, "TRUSTED_PROXIES": ["10.0.0.0/8"]}, FINE),
        ("proxies", {"TRUSTED_PROXIES": ["0.0.0.0/0"]}, UNSAFE),
        ("mail server", {"MAIL_TRANSPORT": "server"}, FINE),
        ("mail server", {"MAIL_TRANSPORT": "folder"}, UNFINISHED),
        ("mail server", {"MAIL_TRANSPORT": "server", "EMAIL_HOST": "mail.example.org"}, UNSAFE),
        ("mail server", SEALED_MAIL, FINE),
    ],
)
def test_setting_is_judged(settings, about, changes, grade):
    for name, value in changes.items():
        setattr(settings, name, value)

    assert grades(about) == [grade]


# --- Files ------------------------------------------------------------------------


def test_key_that_others_can_read_is_unsafe(monkeypatch, var_dir, tmp_path):
    secret = var_dir / ".env"
    secret.write_text("SECRET_KEY=x")
    monkeypatch.setenv("ENV_FILE", str(secret))
    for folder in [secret, *secret.parents[:-1]]:
        if folder.is_relative_to(tmp_path.parent.parent.parent):
            folder.chmod(0o755)

    assert files.is_exposed(secret)
    assert (
        UNSAFE,
        f"Others on this machine can read {secret}. Mend it: chmod go-rwx {secret}",
    ) in found("permissions")
    var_dir.chmod(0o700)
    assert not files.is_exposed(secret)


def test_lack_of_room_is_told(monkeypatch):
    monkeypatch.setattr(files, "LOW", 2**60)
    assert set(grades("disk")) == {UNFINISHED}

    monkeypatch.setattr(files, "VERY_LOW", 2**60)
    assert set(grades("disk")) == {UNSAFE}


def test_backup_is_missed_and_its_age_is_told(var_dir):
    assert grades("backups") == [UNFINISHED]
    (var_dir / "backups").mkdir()
    backup = var_dir / "backups" / "today.tar"
    backup.touch()
    assert grades("backups") == [FINE]
    long_ago = time.time() - 9 * 86400
    os.utime(backup, (long_ago, long_ago))
    assert found("backups") == [(UNFINISHED, "The newest backup is 9 days old.")]


# --- Database, jobs, mail ---------------------------------------------------------


def test_database_in_order_is_fine():
    assert grades("migrations") == grades("database") == [FINE]


def test_place_on_a_network_is_unsafe(monkeypatch, tmp_path):
    if not found("place of the database"):
        pytest.skip("Only SQLite keeps a file.")
    mounts = tmp_path / "mounts"
    monkeypatch.setattr(database, "MOUNTS", mounts)

    mounts.write_text("disk / ext4 rw 0 0\n")
    assert grades("place of the database") == [FINE]
    mounts.write_text("disk /elsewhere ext4 rw 0 0\nserver:/x / nfs4 rw 0 0\n")
    assert grades("place of the database") == [UNSAFE]
    mounts.unlink()
    assert grades("place of the database") == [FINE]


@pytest.mark.parametrize(
    ("host", "options", "grade"),
    [
        ("db.example.org", {}, UNFINISHED),
        ("db.example.org", {"sslmode": "require"}, UNFINISHED),
        ("db.example.org", {"sslmode": "verify-full"}, FINE),
        ("127.0.0.1", {}, FINE),
    ],
)
def test_way_to_a_database_elsewhere_is_judged(monkeypatch, settings, host, options, grade):
    far = {"ENGINE": "django.db.backends.postgresql", "HOST": host, "OPTIONS": options}
    monkeypatch.setitem(settings.DATABASES, "default", far)

    assert grades("way to the database") == [grade]


def test_failed_and_late_mails_are_counted():
    def mail(number, state, age):
        created_at = timezone.now() - age
        Message.objects.create(cause=f"t:{number}", state=state, created_at=created_at)

    mail(1, "sent", timedelta(0))
    mail(2, "queued", timedelta(minutes=5))
    mail(3, "failed", timedelta(days=8))
    assert grades("mail") == [FINE]
    mail(4, "failed", timedelta(days=1))
    mail(5, "queued", timedelta(hours=2))

    assert [words for _grade, words in found("mail")] == [
        "Mails that failed in the last week: 1. The desk says why.",
        "Mails that wait for more than an hour: 1.",
    ]


def test_worker_that_lives_is_noticed():
    assert grades("job worker") == [UNFINISHED]
    worker = leases.register()
    assert grades("job worker") == [FINE]
    leases.retire(worker)
    assert grades("job worker") == [UNFINISHED]


# --- Clock and certificates -------------------------------------------------------


def test_clock_before_the_newest_code_is_unsafe(monkeypatch):
    monkeypatch.setattr(clock, "newest_known", lambda: time.time() + 1)

    assert grades("clock") == [UNSAFE]


@pytest.mark.parametrize(("told", "grade"), [(True, FINE), (False, UNFINISHED), (None, FINE)])
def test_clock_that_nobody_keeps_right_is_told(monkeypatch, told, grade):
    monkeypatch.setattr(clock, "is_synchronized", lambda: told)

    assert grades("clock") == [grade]


def test_certificates_are_read(var_dir):
    assert found("certificates") == []
    certificate_for("blog.example.org", var_dir / "tls")
    assert grades("certificates") == [FINE, FINE]
    (var_dir / "tls" / "site.pem").write_text("no certificate")
    assert sorted(grades("certificates")) == [FINE, UNFINISHED]


# --- The command ------------------------------------------------------------------


def test_command_ends_with_one_if_something_is_unsafe(settings, capsys):
    settings.TRUSTED_PROXIES = ["::/0"]

    with pytest.raises(SystemExit) as ended:
        call_command("doctor")

    assert ended.value.code == 1
    assert capsys.readouterr().out.startswith("Unsafe\n  ")


def test_command_speaks_json(settings, capsys):
    settings.TRUSTED_PROXIES = ["::/0"]

    with pytest.raises(SystemExit):
        call_command("doctor", json=True)

    rows = json.loads(capsys.readouterr().out)["findings"]
    assert {row["grade"] for row in rows} >= {"unsafe", "fine"}
    assert set(rows[0]) == {"grade", "about", "words"}


def test_command_works_before_there_is_a_database(tmp_path):
    result = subprocess.run(
        [sys.executable, "manage.py", "doctor"],
        cwd=real_settings.BASE_DIR,
        env=os.environ | {"VAR_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/d"},
        capture_output=True,
        text=True,
    )

    assert "migrations: The database is not up to date." in result.stdout
    assert result.stderr == ""
