"""What is asked for: which requests kept pages may answer, and which questions are the same."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, get_resolver
from django.utils.module_loading import import_string

from blogsite.pagecache.declaring import ANYTHING, Declaration

METHODS = {"GET", "HEAD"}
LONGEST_ADDRESS = 2_000  # characters of a path, and of a query; ours have some dozens
LONGEST_ACCEPT = 1_000  # characters; those of browsers have about two hundred
MOST_FIELDS = 50  # of a query

# With these a page may be asked for in a way that only Django knows.
ALWAYS_PAST = {
    "HTTP_AUTHORIZATION": "it names somebody (Authorization)",
    "HTTP_UPGRADE": "it asks for another protocol (Upgrade)",
    "HTTP_TRANSFER_ENCODING": "it has a body",
}


class Key(NamedTuple):
    """By what a page is found; the rest of a request makes no difference to it.

    The path is written as WSGI does, and the query holds the known parameters in order.
    """

    is_secure: bool
    path: str
    query: str


class Asked(NamedTuple):
    key: Key
    declaration: Declaration


class PastIt(Exception):
    """Kept pages do not answer this request; the text says why."""


def asked_by(environ: dict) -> Asked:
    """The page that a request asks for. Raises PastIt."""
    _check(environ)
    path = environ.get("PATH_INFO", "")
    if path.startswith(settings.STATIC_URL):
        raise PastIt("it is a static file")
    declaration = declaration_of(path, settings.ROOT_URLCONF)
    if declaration is None:
        raise PastIt("its view declares nothing (pagecache.keep)")
    if not prefers_first(environ.get("HTTP_ACCEPT"), declaration.types):
        raise PastIt("it asks for another type (Accept)")
    query = known_query(environ.get("QUERY_STRING", ""), declaration)
    return Asked(Key(is_secure(environ), path, query), declaration)


def _check(environ: dict) -> None:
    if environ["REQUEST_METHOD"] not in METHODS:
        raise PastIt("it does not only read (method)")
    for name, reason in ALWAYS_PAST.items():
        if environ.get(name):
            raise PastIt(reason)
    if environ.get("CONTENT_LENGTH") not in {None, "", "0"}:
        raise PastIt("it has a body")
    if is_of_one_visitor(environ.get("HTTP_COOKIE", "")):
        raise PastIt("it brings a cookie of ours")
    if environ.get("HTTP_HOST") != own_host() or environ.get("SCRIPT_NAME"):
        raise PastIt("it asks for another host than that of SITE_URL")
    if max(len(environ.get(name, "")) for name in ["PATH_INFO", "QUERY_STRING"]) > LONGEST_ADDRESS:
        raise PastIt("its address is too long")


def own_host() -> str:
    """As visitors' browsers send it."""
    return urlsplit(settings.SITE_URL).netloc


def is_of_one_visitor(cookies: str) -> bool:
    """Whether one of these may be a cookie that the site itself looks at."""
    return bool(cookies) and any(name in cookies for name in settings.PAGECACHE_COOKIES)


def is_secure(environ: dict) -> bool:
    return import_string(settings.PAGECACHE_IS_SECURE)(environ)


def is_secure_to_django(environ: dict) -> bool:
    """As SECURE_PROXY_SSL_HEADER says."""
    name, secure = settings.SECURE_PROXY_SSL_HEADER or ("", "")
    told = environ.get(name)
    if told is None:
        return environ["wsgi.url_scheme"] == "https"
    return told.split(",", 1)[0].strip() == secure


def known_query(query: str, declaration: Declaration) -> str:
    """What the view will see: of several values of one name the last, in the order of the names.

    Raises PastIt.
    """
    if not query:
        return ""
    if ANYTHING in declaration.except_with:
        raise PastIt("it has a query")
    if not declaration.parameters:
        return ""
    try:
        given = dict(parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise PastIt("its query has too many fields") from error
    if not declaration.except_with.isdisjoint(given):
        raise PastIt("it may be asked in endless ways (except_with)")
    return urlencode({name: given[name] for name in declaration.parameters if name in given})


@lru_cache(maxsize=4_000)
def declaration_of(path: str, urlconf: str) -> Declaration | None:
    """What the view at `path` (as WSGI writes it) said; where there is none, the page for 404."""
    resolver = get_resolver(urlconf)
    try:
        view = resolver.resolve(path.encode("latin-1").decode("utf-8", "replace")).func
    except Resolver404:
        view = resolver.resolve_error_handler(404)
    return getattr(view, "declaration", None)


def prefers_first(accept: str | None, types: Sequence[str]) -> bool:
    """Whether a visitor with this header gets the first of `types` from a view that offers all."""
    if accept is None or len(types) < 2:
        return True
    if len(accept) > LONGEST_ACCEPT:
        return False  # and nothing to remember, which visitors could fill the memory with
    return _prefers_first(accept, types)


@lru_cache(maxsize=1_000)
def _prefers_first(accept: str, types: Sequence[str]) -> bool:
    request = HttpRequest()
    request.META["HTTP_ACCEPT"] = accept
    try:
        return request.get_preferred_type(types) == types[0]
    except Exception:  # nobody knows what it means; Django may answer
        return False
