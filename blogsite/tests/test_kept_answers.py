"""A kept page is, to the last byte of its headers, the page that Django makes."""

import pytest

from blogsite.pagecache.activity import HITS
from blogsite.pagecache.layer import PageCache
from blogsite.pagecache.tests.visiting import ask
from blogsite.request import Handler
from comments.tests.factories import make_comment
from posts.models import Page
from posts.tests.factories import make_post, make_tag

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESSES = [
    "/",
    "/posts/",
    "/post/first/",
    "/post/first.md",
    "/post/first/comments/",
    "/post/first/comments/feed/",
    "/post/first/comments/state.json",
    "/about/",
    "/about.md",
    "/tags/",
    "/tag/python/",
    "/series/",
    "/archive/",
    "/feed/",
    "/rss/",
    "/feed.json",
    "/sitemap.xml",
    "/sitemap-posts-1.xml",
    "/robots.txt",
    "/llms.txt",
    "/humans.txt",
    "/manifest.webmanifest",
    "/opensearch.xml",
    "/favicon.ico",
    "/accent/200.css",
    "/post/nobody-wrote-this/",
    "/no/such/place/",
    "/feed",  # leads to /feed/
]
# Each process packs for itself, and a page of ours says that it differs by the packing.
OF_PACKING = {"Vary", "ETag", "Content-Length", "Content-Encoding"}
STAMP = b'name="stamp" value="'  # a signed time: no two pages have the same


@pytest.fixture
def content():
    post = make_post(slug="first", tags=[make_tag("Python")], body="Some words. " * 50)
    make_comment(post=post)
    make_post(slug="second")
    Page.objects.create(title="About", slug="about", body="Words.", published_at=post.published_at)


def without_stamp(body: bytes) -> bytes:
    before, found, after = body.partition(STAMP)
    return before + after.partition(b'"')[2] if found else before


def test_kept_answer_is_the_one_that_django_gives(content):
    site = PageCache(Handler())
    made = {address: ask(site.application, address) for address in ADDRESSES}
    for address in ADDRESSES:
        ask(site, address)
    hits = site.activity.numbers[HITS]
    kept = {address: ask(site, address) for address in ADDRESSES}

    assert {key.path for key, _page in site.store} == set(ADDRESSES)
    assert site.activity.numbers[HITS] == hits + len(ADDRESSES)
    assert {address: comparable(each) for address, each in kept.items()} == {
        address: comparable(each) for address, each in made.items()
    }


def comparable(answer):
    assert answer.headers.get("Content-Length", str(len(answer.body))) == str(len(answer.body))
    return answer.status, rest_of(answer), without_stamp(answer.body)


def test_kept_304_has_the_headers_that_guard_a_page(content):
    site = PageCache(Handler())
    for address in ["/", "/post/first/", "/feed/"]:
        of_django = ask(site.application, address).headers["ETag"]
        made = ask(site.application, address, if_none_match=of_django)
        kept = ask(site, address, if_none_match=ask(site, address).headers["ETag"])

        assert (kept.status, kept.body) == (made.status, made.body) == (304, b"")
        assert rest_of(made).items() <= rest_of(kept).items()


def rest_of(answer) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in OF_PACKING}


def test_other_addresses_are_not_kept():
    site = PageCache(Handler())
    for address in ["/account/login/", "/admin/", "/search/?q=words", "/draft/x/"]:
        ask(site, address)

    assert len(site.store) == 0


def test_static_file_is_left_to_whom_it_belongs(settings):
    """It comes from a middleware: no view declares it, and it may be asked for in parts."""
    settings.WHITENOISE_USE_FINDERS = True
    site = PageCache(Handler())
    part = ask(site, "/static/css/site.css", range="bytes=0-9")

    assert (part.status, len(part.body)) == (206, 10)
