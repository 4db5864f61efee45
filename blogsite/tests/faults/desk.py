"""The moderator at the desk, by plain HTTP."""

import re
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from blogsite.tests.faults.furniture import MODERATOR, PASSWORD
from blogsite.tests.faults.site import PATIENCE, Site

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Desk:
    """Signed in as the moderator; HTTPError for an answer that is none."""

    def __init__(self, site: Site):
        self.site = site
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.post("/account/login/", login=MODERATOR, password=PASSWORD, next="/admin/")

    def get(self, path: str) -> str:
        with self.opener.open(self.site.address + path, timeout=PATIENCE) as answer:
            return answer.read().decode()

    def post(self, path: str, **fields) -> str:
        """Send the form of the page at `path`."""
        fields["csrfmiddlewaretoken"] = TOKEN.search(self.get(path))[1]
        body = urlencode(fields, doseq=True).encode()
        with self.opener.open(self.site.address + path, body, timeout=PATIENCE) as answer:
            return answer.read().decode()
