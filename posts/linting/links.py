"""Rules for links: within the text, to other pages of the site, and to other sites."""

from collections.abc import Iterator
from html import escape
from urllib.parse import unquote

from django.utils.translation import gettext as _

from posts.linting.finding import Finding, shown
from posts.linting.reading import Link, Reading
from posts.linting.targets import MOST_LINKS, Targets, address_or_root
from posts.rendering.headings import is_reserved
from posts.web_addresses import Place, is_external, is_web_address, place_of

DIRECTIVE = ":~:"  # text that the browser looks for, and no name of ours


def find(text, reading: Reading, targets: Targets) -> Iterator[Finding]:
    base = address_or_root(text)
    own = place_of(base, "/")
    for link in reading.links[:MOST_LINKS]:
        if not link.address.strip():
            message = _("This link leads nowhere. Write an address between the round brackets.")
            yield Finding("link-broken", message, link.line, "")
        elif link.address.startswith("#"):
            yield from within(link, unquote(link.address[1:]), reading)
        elif is_external(link.address, base):
            yield from external(link, targets)
        elif is_web_address(link.address, base):
            place = place_of(link.address, base)
            if place and own and place.path == own.path and text.slug:
                yield from within(link, place.fragment, reading)
            else:
                yield from internal(link, place, targets)


def within(link: Link, fragment: str, reading: Reading) -> Iterator[Finding]:
    if is_part_of_frame(fragment) or fragment in reading.ids:
        return
    message = _("No heading of this text has the name of this link: %(address)s.")
    yield Finding("link-fragment", told(message, link), link.line, link.address)


def internal(link: Link, place: Place | None, targets: Targets) -> Iterator[Finding]:
    if place is None:
        yield broken(link)
        return
    if targets.exists(place.path):
        yield from fragment_of(link, place, targets)
        return
    moved = targets.moved_to(place.path)
    if moved:
        message = _("%(address)s has moved. Write its present address: %(new)s")
        names = {"address": shown(link.address), "new": shown(moved)}
        yield Finding("link-moved", message % names, link.line, link.address)
        return
    hidden = targets.text_at(place.path)
    if hidden and not hidden.deleted_at and targets.may_know(hidden):
        message = _(
            "%(address)s is not published, so readers will not find it. Publish it first, or "
            "leave the link out."
        )
        yield Finding("link-unpublished", told(message, link), link.line, link.address)
        return
    yield broken(link)


def broken(link: Link) -> Finding:
    message = _("There is nothing at %(address)s. Mend the address, or leave the link out.")
    return Finding("link-broken", told(message, link), link.line, link.address)


def fragment_of(link: Link, place: Place, targets: Targets) -> Iterator[Finding]:
    """Whether the other text has a heading of that name."""
    other = targets.text_at(place.path)
    if other is None or is_part_of_frame(place.fragment):
        return
    if f'id="{escape(place.fragment)}"' not in other.body_html:
        message = _("The page is there, but no heading of it has this name: %(address)s.")
        yield Finding("link-fragment", told(message, link), link.line, link.address)


def external(link: Link, targets: Targets) -> Iterator[Finding]:
    problem = targets.broken_outside(link.href)
    if problem:
        message = _("%(address)s has not answered since %(day)s: %(problem)s")
        names = {
            "address": shown(link.address),
            "day": problem.failing_since.date().isoformat(),
            "problem": shown(problem.problem),
        }
        yield Finding("link-external", message % names, link.line, link.address)


def is_part_of_frame(fragment: str) -> bool:
    """Whether the page around a text may have it: `#comments`, `#comment-12`, and `#` itself."""
    return not fragment or fragment.startswith(DIRECTIVE) or is_reserved_name(fragment)


def is_reserved_name(fragment: str) -> bool:
    return is_reserved(fragment) and not fragment.startswith(("fn-", "fnref-"))


def told(message: str, link: Link) -> str:
    return message % {"address": shown(link.address)}
