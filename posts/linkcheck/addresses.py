"""The address on another site that is asked for on behalf of a link."""

from collections.abc import Iterable

from blogsite.outgoing.destinations import Refused, parse
from posts.web_addresses import is_external


def asked_for(links: Iterable[str]) -> set[str]:
    """What to ask for on behalf of `links`; those within the site and those never asked are out."""
    external = {asked_form(address) for address in links if is_external(address)}
    return {address for address in external if host_of(address)}


def asked_form(link: str) -> str:
    """`link` with a scheme, and without the part of the page: that is never sent."""
    complete = f"https:{link}" if link.startswith("//") else link
    return complete.strip().partition("#")[0]


def host_of(address: str) -> str:
    """The site behind an address; empty for what is never asked for."""
    try:
        return parse(address).host
    except Refused:
        return ""
