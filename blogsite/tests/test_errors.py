"""What visitors get while something below the site is failing."""

import errno
import sqlite3

import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.urls import path
from lxml import html


def raise_it(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("locked/", raise_it(OperationalError("database is locked"))),
    path("closed/", raise_it(InterfaceError("connection already closed"))),
    path("full/", raise_it(OSError(errno.ENOSPC, "No space left on device"))),
    path("missing/", raise_it(FileNotFoundError(errno.ENOENT, "No such file"))),
    path("broken/", raise_it(ValueError("a secret detail"))),
]
handler500 = "blogsite.errors.server_error"


@pytest.fixture
def visitor(client):
    client.raise_request_exception = False
    return client


@pytest.fixture
def impatient(transactional_db):
    """The database connection waits for others a moment, and not the usual seconds."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    yield
    connection.close()  # the next one is as the settings say


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("trouble", ["locked", "closed", "full"])
def test_trouble_that_passes_asks_to_try_again(visitor, trouble):
    answer = visitor.get(f"/{trouble}/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert answer["Cache-Control"] == "no-store"
    page = html.fromstring(answer.content.decode())
    assert page.findtext(".//h1") == "The site needs a moment"
    assert page.find_class("error-number")[0].text == "503"


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("trouble", ["missing", "broken"])
def test_trouble_of_our_own_does_not(visitor, trouble):
    answer = visitor.get(f"/{trouble}/")

    assert answer.status_code == 500
    assert "Retry-After" not in answer
    assert answer["Cache-Control"] == "no-store"
    assert b"secret" not in answer.content


@pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3",
    reason="only SQLite has one lock for all",
)
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("impatient")
def test_writer_is_told_to_wait_while_another_program_locks_the_database(
    visitor, django_user_model
):
    user = django_user_model.objects.create_superuser("ada@example.org", "correct horse battery")
    visitor.force_login(user)
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)

    other.execute("BEGIN EXCLUSIVE")
    reading = visitor.get("/")
    writing = visitor.post("/admin/posts/tag/add/", {"name": "Locks", "slug": "locks"})
    other.execute("ROLLBACK")
    other.close()
    afterwards = visitor.post("/admin/posts/tag/add/", {"name": "Locks", "slug": "locks"})

    assert [reading.status_code, writing.status_code, afterwards.status_code] == [200, 503, 302]


def test_too_large_a_form_is_refused_on_a_page(client, db):
    most = settings.REQUEST_MAX_BYTES

    answer = client.post("/", headers={"Accept": "text/html"}, CONTENT_LENGTH=most + 1)

    page = html.fromstring(answer.content)
    assert answer.status_code == 413
    assert page.xpath("//h1/text()") == ["This is too large"]
    assert f"At most {most // 2**20} MB" in page.text_content()
