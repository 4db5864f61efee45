"""Walking through a served site as a reader's browser and a search engine would."""

from collections import deque
from dataclasses import dataclass, field
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from lxml import html

LINKS = {
    "a": ["href"],
    "area": ["href"],
    "img": ["src", "srcset"],
    "link": ["href"],
    "script": ["src"],
    "source": ["src", "srcset"],
}
# The pages of accounts are each for one person, and no part of what readers are shown.
PRIVATE = "/account/"


@dataclass
class Answer:
    """What the site said to one GET."""

    address: str
    status: int
    headers: dict
    body: bytes
    found_on: str = ""
    ids: set = field(default_factory=set)

    @property
    def is_html(self) -> bool:
        return self.headers.get("content-type", "").startswith("text/html")


class NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


OPENER = build_opener(NoRedirect)


def get(address: str, **headers) -> Answer:
    request = Request(address, headers=headers)  # noqa: S310 - our own server on loopback
    try:
        response = OPENER.open(request, timeout=30)
    except HTTPError as error:
        response = error
    with response:
        found = {name.lower(): value for name, value in response.headers.items()}
        return Answer(address, response.status, found, response.read())


def crawl(site: str) -> dict[str, Answer]:
    """Every public address of `site` that can be reached from its front page, with its answer."""
    answers, queue = {}, deque([(f"{site}/", "")])
    while queue:
        address, found_on = queue.popleft()
        if address in answers:
            continue
        answer = answers[address] = get(address)
        answer.found_on = found_on
        if answer.is_html:
            document = html.fromstring(answer.body)
            answer.ids = {element.get("id") for element in document.iter() if element.get("id")}
            queue.extend(
                (link, address)
                for link in links_of(document, address)
                if link.startswith(f"{site}/") and not link.startswith(site + PRIVATE)
            )
        elif "location" in answer.headers:
            queue.append((urljoin(address, answer.headers["location"]), address))
    return answers


def links_of(document, address: str) -> list[str]:
    """Everything the page points at, absolute, without fragments."""
    return [urldefrag(link).url for link in raw_links_of(document, address)]


def raw_links_of(document, address: str) -> list[str]:
    links = []
    for element in document.iter(*LINKS):
        for attribute in LINKS[element.tag]:
            value = element.get(attribute)
            if value and attribute == "srcset":
                links += [part.split()[0] for part in value.split(",")]
            elif value:
                links.append(value)
    return [
        urljoin(address, link) for link in links if urlsplit(link).scheme in {"", "http", "https"}
    ]
