"""A small site to keep pages of: a view for each kind of answer. conftest.py puts it in place."""

import threading
from collections import Counter

from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils import timezone

from blogsite.pagecache import keep, touch, until
from blogsite.pagecache.noting import inherit, note_reading
from blogsite.pagecache.tests.visiting import ask

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


def times_asked(site, name, *visits) -> int:
    """How often the view ran for these visits, each the arguments of `ask`."""
    asked.clear()
    for address, headers in visits:
        ask(site, f"/{name}/{address}", **headers)
    return asked[name]
