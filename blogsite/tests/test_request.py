"""Requests that no browser sends, as the server hands them to the application."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blogsite.request import Handler
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db

BOUNDARY = "multipart/form-data; boundary=b"
SOUND_PART = 'Content-Disposition: form-data; name="username"'


def ask(path, query="", body=b"", **headers):
    """Status and text of the answer to a GET, or to a POST where there is a body."""
    # Calling the handler itself would close the database connection that the test shares.
    request = make_request(path, query, body, **headers)
    response = Handler().get_response(request)
    return response.status_code, response.content.decode()


def make_request(path="/", query="", body=b"", **headers):
    environ = {
        "REQUEST_METHOD": "POST" if body else "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_COOKIE": f"csrftoken={'x' * 32}",  # without it a form is refused unread
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        **headers,
    }
    return Handler.request_class(environ)


def multipart(header):
    return f"--b\r\n{header}\r\n\r\nvalue\r\n--b--\r\n".encode()


@pytest.mark.parametrize(
    "parameter",
    [
        "q*=bogus'en'%41",
        "q*=undefined'en'%41",
        "q*=hex'en'%41",
        "q*=a; q*0=b",
        "q*\t=bogus'en'%41",
        "q*7*=a; q*=b",
    ],
)
@pytest.mark.parametrize("header", ["CONTENT_TYPE", "HTTP_ACCEPT"])
def test_page_ignores_header_with_extended_parameters(header, parameter):
    post = make_post()

    status, _text = ask(post.get_absolute_url(), **{header: f"text/plain; {parameter}"})

    assert status == 200


@pytest.mark.parametrize("charset", ["hex", "idna", "undefined", "unicode_escape", "utf-16"])
def test_address_is_utf8_whatever_the_body_claims(charset):
    status, text = ask(
        "/search/", query="q=%C3%A9t%5Cud800", CONTENT_TYPE=f"text/plain; charset={charset}"
    )

    assert status == 200
    assert 'value="ét\\ud800"' in text


def test_address_with_too_many_fields_is_refused_whatever_the_body_claims():
    fields = "&".join(f"field{number}=1" for number in range(2000))

    status, _text = ask("/search/", query=fields, CONTENT_TYPE="text/plain; charset=utf-8")

    assert status == 400


@pytest.mark.parametrize("charset", ["hex", "undefined", "unicode_escape", "iso-8859-1"])
@pytest.mark.parametrize("kind", [BOUNDARY, "application/x-www-form-urlencoded"])
def test_form_in_another_encoding_is_refused(kind, charset):
    status, _text = ask(
        "/admin/login/", body=multipart(SOUND_PART), CONTENT_TYPE=f"{kind}; charset={charset}"
    )

    assert status == 400


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", "utf8"])
def test_form_in_utf8_reaches_the_check_of_its_origin(charset):
    status, _text = ask(
        "/admin/login/", body=multipart(SOUND_PART), CONTENT_TYPE=f"{BOUNDARY}; charset={charset}"
    )

    assert status == 403


def test_form_with_contradicting_parameters_is_refused():
    contradiction = "Content-Disposition: form-data; name*=a; name*0=b"

    status, _text = ask("/admin/login/", body=multipart(contradiction), CONTENT_TYPE=BOUNDARY)

    assert status == 400


def test_cookie_that_spells_a_nul_is_dropped():
    cookies = r'theme=dark; sessionid="\000aaaaaaaaaaaaaaaa"; csrftoken=x'

    assert make_request(HTTP_COOKIE=cookies).COOKIES == {"theme": "dark", "csrftoken": "x"}


def test_address_with_a_nul_is_unknown_without_looking_for_a_redirect():
    """PostgreSQL would refuse such a question, and so the page would fail there."""
    with CaptureQueriesContext(connection) as questions:
        status, _text = ask("/\0/")

    assert status == 404
    assert [each["sql"] for each in questions if "posts_redirect" in each["sql"]] == []
