"""Headers of every kind of answer, also of those that no view of ours gives."""

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage import default_storage
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from accounts.models import User
from blogsite.headers import content_security_policy
from posts.models import Redirect
from posts.tests.factories import make_post
from posts.tests.pictures import picture_bytes, store

pytestmark = pytest.mark.django_db

ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
}
OVER_HTTPS = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
    "Reporting-Endpoints": 'violations="/reports/"',
}


def broken(request):
    raise ValueError("broken")


def too_big(request):
    raise RequestDataTooBig("much")


def answering(status):
    return csrf_exempt(lambda request: HttpResponse(status=status))


urlpatterns = [
    path("broken/", broken),
    path("too-big/", too_big),
    path("slow-down/", answering(429)),
    path("away/", answering(503)),
    path("", include("blogsite.urls")),
]
handler400 = "blogsite.errors.bad_request"
handler403 = "blogsite.errors.permission_denied"
handler404 = "blogsite.errors.not_found"
handler500 = "blogsite.errors.server_error"


@pytest.fixture
def visitor(settings):
    settings.WHITENOISE_USE_FINDERS = True  # nothing has been collected for tests
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.fixture
def secure(settings):
    """The settings of a site whose SITE_URL begins with https."""
    settings.HTTPS = True
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True


def ask(visitor, secure=False):
    """An answer of each kind, by its status and where it came from."""
    post = make_post(slug="here")
    Redirect.objects.create(path="/was/", post=post)
    Redirect.objects.create(path="/gone/", gone=True)
    picture = store(picture_bytes())
    tag = visitor.get("/", secure=secure)["ETag"]
    large = {"CONTENT_LENGTH": str(2**40)}
    return {
        (200, "page"): visitor.get("/post/here/", secure=secure),
        (200, "feed"): visitor.get("/feed.json", secure=secure),
        (200, "sign in"): visitor.get("/account/login/", secure=secure),
        (200, "static"): visitor.get("/static/css/site.css", secure=secure),
        (200, "picture"): visitor.get(picture.url, secure=secure),
        (302, "admin"): visitor.get("/admin/", secure=secure),
        (301, "former"): visitor.get("/was/", secure=secure),
        (301, "slash"): visitor.get("/tags", secure=secure),
        (304, "page"): visitor.get("/", headers={"If-None-Match": tag}, secure=secure),
        (304, "static"): unchanged(visitor, "/static/css/site.css", secure),
        (400, "host"): visitor.get("/", headers={"Host": "evil.example"}, secure=secure),
        (400, "form"): visitor.get("/too-big/", secure=secure),
        (403, "csrf"): visitor.post("/account/login/", {}, secure=secure),
        (404, "page"): visitor.get("/nothing/at/all/", secure=secure),
        (404, "static"): visitor.get("/static/none.css", secure=secure),
        (405, "method"): visitor.get("/comments/preview/", secure=secure),
        (410, "gone"): visitor.get("/gone/", secure=secure),
        (413, "large"): visitor.generic("POST", "/", b"", secure=secure, **large),
        (429, "throttle"): visitor.get("/slow-down/", secure=secure),
        (500, "broken"): visitor.get("/broken/", secure=secure),
        (503, "away"): visitor.get("/away/", secure=secure),
    }


def unchanged(visitor, url, secure):
    since = visitor.get(url, secure=secure)["Last-Modified"]
    return visitor.get(url, headers={"If-Modified-Since": since}, secure=secure)


OWN = {
    # Looked at from elsewhere as well: feed readers show pictures.
    (200, "picture"): {"Cross-Origin-Resource-Policy": "cross-origin"},
    # The address of a page about an account may be a link out of a mail.
    (200, "sign in"): {"Referrer-Policy": "same-origin"},
    (403, "csrf"): {"Referrer-Policy": "same-origin"},
}


def missing(answers, expected, own):
    return {
        kind: {
            name: answer.get(name) for name, value in wanted.items() if answer.get(name) != value
        }
        for kind, answer in answers.items()
        if (wanted := expected | own.get(kind, {})) and not wanted.items() <= answer.headers.items()
    }


@pytest.mark.urls(__name__)
def test_every_kind_of_answer_has_all_headers(visitor):
    answers = ask(visitor)

    assert {kind: answer.status_code for kind, answer in answers.items()} == {
        kind: kind[0] for kind in answers
    }
    policy = {"Content-Security-Policy": content_security_policy(https=False)}
    picture = {"Content-Security-Policy": "default-src 'none'; sandbox"}
    own = OWN | {(200, "picture"): OWN[200, "picture"] | picture}
    assert missing(answers, ALWAYS | policy, own) == {}
    assert [kind for kind, answer in answers.items() if "Permissions-Policy" not in answer] == []
    assert [kind for kind, answer in answers.items() if "Server" in answer] == []
    assert [name for name in OVER_HTTPS for answer in answers.values() if name in answer] == []


@pytest.mark.urls(__name__)
@pytest.mark.usefixtures("secure")
def test_every_kind_of_answer_has_all_headers_over_https(visitor):
    answers = ask(visitor, secure=True)

    # A host that is not ours gets no promise for two years.
    del answers[400, "host"]
    assert missing(answers, ALWAYS | OVER_HTTPS, OWN) == {}
    assert {
        kind
        for kind, answer in answers.items()
        if "upgrade-insecure-requests" not in answer["Content-Security-Policy"]
    } == {(200, "picture")}


@pytest.mark.usefixtures("secure")
def test_redirect_to_https_has_all_headers(visitor):
    answer = visitor.get("/tags/")

    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/tags/")
    assert missing({"redirect": answer}, ALWAYS, {}) == {}


@pytest.mark.parametrize("https", [False, True])
def test_policy_starts_from_nothing_and_allows_nothing_unsafe(https):
    policy = dict(
        part.split(" ", 1) for part in content_security_policy(https).split("; ") if " " in part
    )

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["object-src"] == "'none'"
    assert "unsafe" not in str(policy)
    assert "*" not in str(policy)


def test_passkeys_are_for_our_own_pages_alone(visitor):
    features = visitor.get("/")["Permissions-Policy"].split(", ")

    assert {each for each in features if not each.endswith("=()")} == {
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    }


def test_signing_out_empties_the_browser_but_keeps_its_cookies(client):
    client.force_login(User.objects.create_superuser("ada@example.org", "correct horse battery"))
    before = client.get("/")

    answer = client.post("/account/logout/")  # where the desk sends its people as well

    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in before
    assert "Clear-Site-Data" not in client.get("/")


def test_messages_travel_in_a_cookie_like_the_others(settings):
    settings.SESSION_COOKIE_SECURE = True
    request, response = RequestFactory().get("/"), HttpResponse()
    request.session = {}
    storage = default_storage(request)
    storage.add(constants.INFO, "Done.")

    storage.update(response)

    [(name, cookie)] = response.cookies.items()
    assert name == f"{settings.COOKIE_PREFIX}messages"
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    assert (cookie["path"], cookie["domain"]) == ("/", "")
