"""For whom a kept page is, and what of a request makes a page of its own."""

import pytest

from blogsite.pagecache.tests.small_site import asked, seen, times_asked
from blogsite.pagecache.tests.visiting import ask

# --- For whom -----------------------------------------------------------------


@pytest.mark.parametrize(
    "different",
    [
        {"cookie": "sessionid=x"},
        {"cookie": "theme=dark; csrftoken=x"},
        {"cookie": "guest=x"},
        {"cookie": "device=x"},
        {"cookie": "messages=x"},
        {"authorization": "Basic eDp5"},
        {"host": "other.example"},
        {"upgrade": "websocket"},
        {"CONTENT_LENGTH": "5"},
        {"transfer_encoding": "chunked"},
        {"REQUEST_METHOD": "POST"},
        {"REQUEST_METHOD": "OPTIONS"},
    ],
)
def test_who_differs_is_answered_by_django(site, different):
    ask(site, "/plain/")

    assert times_asked(site, "plain", ("", different), ("", different)) == 2
    assert ask(site, "/plain/").body.startswith(b"plain, time 1.")


@pytest.mark.parametrize(
    "same",
    [
        {"cookie": "theme=dark; _ga=1"},
        {"accept_language": "de"},
        {"user_agent": "Mozilla"},
        {"range": "bytes=0-3"},
        {"x_forwarded_host": "evil.example"},
        {"x_forwarded_proto": "https"},
        {"x_original_url": "/other/"},
        {"cache_control": "no-cache"},
        {"REMOTE_ADDR": "203.0.113.9"},
    ],
)
def test_nothing_else_makes_a_difference(site, same):
    poisoned = ask(site, "/plain/", **same)
    plain = ask(site, "/plain/")

    assert poisoned == plain
    assert asked["plain"] == 1


def test_view_of_a_kept_page_sees_nothing_of_the_visitor(site):
    ask(
        site,
        "/plain/?utm_source=x",
        cookie="theme=dark",
        accept_language="de",
        user_agent="Mozilla",
        if_none_match='"x"',
        x_forwarded_for="203.0.113.9",
        accept_encoding="br",
    )

    assert {name for name in seen if name.startswith("HTTP_")} == {"HTTP_HOST"}
    assert (seen["REMOTE_ADDR"], seen["QUERY_STRING"]) == ("", "")


def test_view_that_declares_nothing_sees_the_visitor(site):
    assert ask(site, "/undeclared/", accept_language="de").body == b"de"


def test_wish_for_another_type_goes_past(site):
    html = ask(site, "/typed/", accept="text/html,*/*;q=0.8").body
    markdown = ask(site, "/typed/", accept="text/markdown").body
    any_text = ask(site, "/typed/", accept="text/html;q=0.1, text/*").body
    without = ask(site, "/typed/").body
    endless = ask(site, "/typed/", accept=f"text/html;x={'x' * 2000}, text/markdown").body

    assert endless == b"text/markdown"
    assert (html, markdown, any_text, without) == (
        b"text/html",
        b"text/markdown",
        b"text/markdown",
        b"text/html",
    )
    assert asked["typed"] == 4


def test_https_and_http_are_two_pages(site):
    ask(site, "/plain/")
    ask(site, "/plain/", **{"wsgi.url_scheme": "https"})

    assert asked["plain"] == 2


# --- Queries ------------------------------------------------------------------


def test_only_known_parameters_make_a_page_of_their_own(site):
    visits = ["", "?utm_source=x", "?fbclid=1&utm_x=2", "?"]
    assert times_asked(site, "numbered", *((visit, {}) for visit in visits)) == 1

    visits = [
        "?page=2&order=new",
        "?order=new&page=2",
        "?order=new&utm=1&page=2",
        "?page=1&order=old&order=new&page=2",
        "?p%61ge=2&order=n%65w",
    ]
    assert times_asked(site, "numbered", *((visit, {}) for visit in visits)) == 1
    assert ask(site, "/numbered/?order=new&page=2").body == (
        b"[('order', 'new'), ('page', '2')], order=new&page=2"
    )


@pytest.mark.parametrize(
    "query", ["?reply=1", "?page=2&reply=", "?" + "&".join("a" * 60), "?page=" + "1" * 3000]
)
def test_endless_queries_are_not_kept(site, query):
    assert times_asked(site, "numbered", (query, {}), (query, {})) == 2
    assert len(site.store) == 0


def test_flood_of_queries_and_dead_links_drives_out_no_page(site):
    ask(site, "/plain/")
    for number in range(2000):
        ask(site, f"/numbered/?page={number}")

    assert times_asked(site, "plain", ("", {})) == 0
    assert site.store.bytes <= 4 * 2**20


def test_flood_of_redirects_drives_out_no_page(site):
    """Each address without its slash is one."""
    ask(site, "/plain/")
    for number in range(1000):
        ask(site, f"/leads/{number}")

    assert times_asked(site, "plain", ("", {})) == 0
    assert 0 < site.store.made_up.bytes <= 2**20
