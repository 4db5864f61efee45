"""Django's request, for visitors whose headers and forms no browser would send.

Django decodes header parameters and fields as the client claims that they are encoded. Claims
that make no sense raise exceptions where nobody expects them, and so would answer 500.
"""

import re

from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http.multipartparser import MultiPartParserError
from django.utils.functional import cached_property

# A parameter of RFC 2231 (`name*=charset'language'value`, `name*0=`). Neither of these headers
# has one that means anything to us, and the parser stumbles over odd ones.
EXTENDED_PARAMETER = re.compile(r"\*[0-9]*\*?\s*=")
PARSED_HEADERS = ["CONTENT_TYPE", "HTTP_ACCEPT"]


class Request(WSGIRequest):
    """Addresses are UTF-8, whatever the body claims to be; a form in anything else is refused."""

    form_encoding = "utf-8"

    def __init__(self, environ):
        for name in PARSED_HEADERS:
            if EXTENDED_PARAMETER.search(environ.get(name, "")):
                del environ[name]
        super().__init__(environ)

    @cached_property
    def COOKIES(self):
        """Without those that spell a NUL (`"\\000"`), which PostgreSQL takes in no question."""
        return {name: value for name, value in super().COOKIES.items() if "\0" not in value}

    @property
    def encoding(self):
        """None for the site's own; see HttpRequest."""
        return None

    @encoding.setter
    def encoding(self, claimed):
        self.form_encoding = claimed.lower()

    def _load_post_and_files(self):
        if self.form_encoding not in {"utf-8", "utf8"}:
            self._mark_post_parse_error()
            raise BadRequest("A form must be encoded as UTF-8.")
        try:
            super()._load_post_and_files()
        except TypeError as error:  # contradicting parameters in the header of a part
            self._mark_post_parse_error()
            raise MultiPartParserError(f"Invalid header of a part: {error}") from error


class Handler(WSGIHandler):
    request_class = Request
