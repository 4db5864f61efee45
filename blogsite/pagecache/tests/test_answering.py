"""How a kept page is answered."""

from blogsite.pagecache.tests.small_site import asked
from blogsite.pagecache.tests.visiting import ask


def test_head_is_get_without_a_body(site):
    got, head = ask(site, "/plain/"), ask(site, "/plain/", method="HEAD")

    assert (head.status, head.headers, head.body) == (200, got.headers, b"")
    assert asked["plain"] == 1


def test_head_alone_keeps_the_whole_page(site):
    ask(site, "/plain/", method="HEAD")

    assert ask(site, "/plain/").body.startswith(b"plain, time 1")


def test_known_tag_is_a_304_without_a_body(site):
    tag = ask(site, "/plain/", accept_encoding="br").headers["ETag"]
    answer = ask(site, "/plain/", accept_encoding="br", if_none_match=tag)

    assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", tag)


def test_packed_page_says_so(site):
    answer = ask(site, "/plain/", accept_encoding="gzip")

    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Content-Length"] == str(len(answer.body))
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_packed_page_takes_more_room(site):
    ask(site, "/plain/")
    before = site.store.bytes
    ask(site, "/plain/", accept_encoding="br")
    [(_key, page)] = site.store

    assert site.store.bytes == page.size > before
