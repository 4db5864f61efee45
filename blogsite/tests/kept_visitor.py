"""A stranger who asks through kept pages: everything twice, so that the second comes out of them."""

from http import HTTPStatus

from django.conf import settings

from blogsite.pagecache.layer import PageCache
from blogsite.request import Handler
from blogsite.tests.kept_readers import ask_here


class Answer:
    """As much of Django's response as tests look at."""

    def __init__(self, told: list):
        status, headers, self.text = told
        self.status_code = int(status)
        # As in Django's own responses, cookies are no headers.
        self.headers = {name: value for name, value in headers if name != "set-cookie"}
        self.content = self.text.encode()

    def getvalue(self) -> bytes:
        return self.content

    def __getitem__(self, name: str) -> str:
        return self.headers[name.lower()]


class KeptVisitor:
    """Has the method of Django's test client that tests of leaks use."""

    def __init__(self):
        self.cache = PageCache(Handler())

    def get(self, address: str, headers: dict[str, str] | None = None, follow: bool = False):
        more = {
            f"HTTP_{name.upper().replace('-', '_')}": it for name, it in (headers or {}).items()
        }
        first, second = (Answer(ask_here(self.cache, address, **more)) for _time in range(2))
        assert first.status_code == second.status_code, address
        answer = second
        if follow and answer.status_code in {HTTPStatus.FOUND, HTTPStatus.MOVED_PERMANENTLY}:
            path = answer["Location"].removeprefix(settings.SITE_URL).partition("#")[0]
            return self.get(path, headers, follow)
        return answer
