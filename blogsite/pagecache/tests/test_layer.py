"""Kept pages in front of a small site: what is kept, for whom, and until when."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils import timezone

from blogsite.pagecache import keep, touch, until
from blogsite.pagecache.counters import counters
from blogsite.pagecache.layer import PageCache
from blogsite.pagecache.noting import inherit, note_reading
from blogsite.pagecache.tests.visiting import ask
from blogsite.request import Handler

asked = Counter()  # how often each view ran
seen = {}  # the environ that the last one saw
gate = threading.Event()  # open for the view that waits


def view(name, **declared):
    """Declares that what `answer` says may be kept, and counts how often it is asked."""

    def decorate(answer):
        def counted(request, *arguments):
            asked[name] += 1
            seen.clear()
            seen.update(request.META)
            return answer(request, *arguments)

        return path(f"{name}/", keep(**declared)(counted))

    return decorate


def said(text="said", **headers):
    response = HttpResponse(text)
    for header, value in headers.items():
        response[header.replace("_", "-")] = value
    return response


@view("plain")
def plain(request):
    inherit({"plain"})
    return said(f"plain, time {asked['plain']}. " + "And so on. " * 100)


@view("numbered", parameters=["page", "order"], except_with=["reply"])
def numbered(request):
    return said(f"{sorted(request.GET.items())}, {request.META['QUERY_STRING']}")


@view("typed", types=["text/html", "text/markdown"])
def typed(request):
    kind = request.get_preferred_type(["text/html", "text/markdown"])
    return said(kind or "none", Vary="Accept")


@view("missing")
def missing(request):
    inherit({"missing"})
    raise Http404


@view("moved")
def moved(request):
    return HttpResponseRedirect("/plain/")


@view("over")
def over(request):
    until(timezone.now())
    return said()


@view("slow")
def slow(request):
    gate.wait(10)
    return said()


@view("moving")
def moving(request):
    """Somebody writes while this page is made."""
    inherit({"moving"})
    touch("moving")
    return said()


@view("cookie")
def cookie(request):
    response = said()
    response.set_cookie("a", "b")
    return response


@view("secret")
def secret(request):
    note_reading({"django_session"})
    return said()


NEVER = {
    "private": lambda request: said(Cache_Control="private"),
    "no-store": lambda request: said(Cache_Control="max-age=0, no-store"),
    "by-cookie": lambda request: said(Vary="Cookie"),
    "by-type": lambda request: said(Vary="Accept"),
    "by-anything": lambda request: said(Vary="*"),
    "broken": lambda request: HttpResponse("broken", status=500),
    "busy": lambda request: HttpResponse("busy", status=503),
    "refused": lambda request: HttpResponse("refused", status=403),
    "private-404": lambda request: HttpResponse(status=404, headers={"Cache-Control": "private"}),
    "packed": lambda request: said(Content_Encoding="gzip"),
    "file": lambda request: FileResponse(open(__file__, "rb")),  # noqa: SIM115 - it closes
}


def undeclared(request):
    asked["undeclared"] += 1
    return said(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))


@keep()
def leads(request, number):
    return HttpResponseRedirect(f"/{number}/")


urlpatterns = [
    path("leads/<int:number>", leads),
    plain,
    numbered,
    typed,
    missing,
    moved,
    over,
    slow,
    moving,
    cookie,
    secret,
    *(view(name)(answer) for name, answer in NEVER.items()),
    path("undeclared/", undeclared),
]


@pytest.fixture
def site(settings) -> PageCache:
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = []
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    asked.clear()
    gate.set()
    return PageCache(Handler(), megabytes=4)


def times_asked(site, name, *visits) -> int:
    """How often the view ran for these visits, each the arguments of `ask`."""
    asked.clear()
    for address, headers in visits:
        ask(site, f"/{name}/{address}", **headers)
    return asked[name]


# --- What is kept -------------------------------------------------------------


def test_page_is_made_once_and_the_same_for_all(site):
    first, second = ask(site, "/plain/"), ask(site, "/plain/")

    assert first == second
    assert first.body.startswith(b"plain, time 1")


@pytest.mark.parametrize("name", ["missing", "moved", "typed", "numbered"])
def test_answer_of_a_lasting_status_is_kept(site, name):
    assert times_asked(site, name, ("", {}), ("", {})) == 1


@pytest.mark.parametrize("name", [*NEVER, "undeclared", "cookie", "secret", "over", "moving"])
def test_what_is_not_for_all_or_not_lasting_is_never_kept(site, name):
    assert times_asked(site, name, ("", {}), ("", {})) == 2
    assert len(site.store) == 0


def test_nothing_is_kept_without_room_or_in_development(settings, site):
    settings.DEBUG = True
    for each in [PageCache(Handler()), PageCache(Handler(), megabytes=0)]:
        assert times_asked(each, "plain", ("", {}), ("", {})) == 2


# --- Until when ---------------------------------------------------------------


def test_moved_topic_makes_the_page_anew(site):
    first = ask(site, "/plain/")
    touch("something else")
    same = ask(site, "/plain/")
    touch("plain")
    anew = ask(site, "/plain/")

    assert first == same
    assert anew.body.startswith(b"plain, time 2")


def test_page_is_not_answered_while_its_topic_is_being_changed(site):
    ask(site, "/plain/")
    change = counters().begin({"plain"})
    during = [ask(site, "/plain/").body[:13] for _ in range(2)]
    change.end()
    after = [ask(site, "/plain/").body[:13] for _ in range(2)]

    assert during == [b"plain, time 2", b"plain, time 3"]
    assert after == [b"plain, time 4", b"plain, time 4"]


def test_page_ends_with_its_day(site, monkeypatch):
    ask(site, "/plain/")
    [(_key, page)] = site.store
    monkeypatch.setattr("time.time", lambda: page.until)

    assert times_asked(site, "plain", ("", {})) == 1


def test_page_made_before_the_clock_was_put_back_is_made_anew(site, monkeypatch):
    """It may show what is not due yet."""
    ask(site, "/plain/")
    [(_key, page)] = site.store
    monkeypatch.setattr("time.time", lambda: page.made_at - 60)

    assert times_asked(site, "plain", ("", {})) == 1


def test_cleared_by_everything_that_moves(site):
    ask(site, "/plain/")
    touch("*")

    assert times_asked(site, "plain", ("", {})) == 1


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


# --- How it is answered -------------------------------------------------------


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


# --- Many at once -------------------------------------------------------------


def test_many_ask_for_one_page_and_it_is_made_once(site):
    gate.clear()
    with ThreadPoolExecutor(8) as visitors:
        answers = [visitors.submit(ask, site, "/slow/") for _ in range(8)]
        while not site.flights.under_way:
            pass
        gate.set()
        bodies = {each.result().body for each in answers}

    assert bodies == {b"said"}
    assert asked["slow"] == 1


def test_failure_of_the_first_is_not_everyones(site):
    begun, failed = threading.Event(), threading.Event()

    def application(environ, start_response):
        if not begun.is_set():
            begun.set()
            failed.wait(10)
            raise RuntimeError("the first one only")
        return Handler()(environ, start_response)

    site.application = application
    with ThreadPoolExecutor(2) as visitors:
        first = visitors.submit(ask, site, "/plain/")
        begun.wait(10)
        second = visitors.submit(ask, site, "/plain/")
        failed.set()

        assert second.result().status == 200
        with pytest.raises(RuntimeError):
            first.result()


def test_nobody_waits_for_ever(site, monkeypatch):
    monkeypatch.setattr("blogsite.pagecache.flights.PATIENCE", 0.01)
    gate.clear()
    with ThreadPoolExecutor(2) as visitors:
        first = visitors.submit(ask, site, "/slow/")
        while not site.flights.under_way:
            pass
        second = visitors.submit(ask, site, "/slow/")
        while asked["slow"] < 2:
            pass
        gate.set()

        assert {first.result().body, second.result().body} == {b"said"}


def test_numbers_tell_what_happened(site):
    before = list(site.activity.numbers)
    ask(site, "/plain/")
    ask(site, "/plain/")
    ask(site, "/plain/", cookie="sessionid=x")
    ask(site, "/undeclared/")
    ask(site, "/cookie/")
    touch("plain")
    ask(site, "/plain/")
    now = [new - old for new, old in zip(site.activity.numbers, before, strict=True)][1:6]

    assert now == [1, 2, 1, 2, 1]  # hits, misses, stale, past, unkept
