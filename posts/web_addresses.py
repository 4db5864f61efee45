"""What an address in a text means: a place on this site, or one elsewhere."""

from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings


@dataclass(frozen=True)
class Place:
    """A path on this site as requests name it, and the part of its page after the #."""

    path: str
    fragment: str = ""


def place_of(address: str, base: str) -> Place | None:
    """The place on this site that `address` leads to from the page at the path `base`.

    None where it leads elsewhere, or is no address of the web at all.
    """
    parts = joined(address, base)
    if parts is None or parts.scheme not in ("http", "https"):
        return None
    if parts.hostname != settings.SITE_HOST or port_of(parts) != port_of(
        urlsplit(settings.SITE_URL)
    ):
        return None
    return Place(unquote(parts.path) or "/", unquote(parts.fragment))


def is_external(address: str, base: str = "/") -> bool:
    parts = joined(address, base)
    is_web = parts is not None and parts.scheme in ("http", "https") and parts.hostname
    return bool(is_web) and place_of(address, base) is None


def is_web_address(address: str, base: str) -> bool:
    """Whether it is for a browser to load; `mailto:` and the like are not."""
    parts = joined(address, base)
    return parts is None or parts.scheme in ("http", "https")


def joined(address: str, base: str):
    """The parts of `address`, completed; None where it cannot be read."""
    try:
        parts = urlsplit(urljoin(settings.SITE_URL + base, address.strip()))
        port_of(parts)
    except ValueError:
        return None
    return parts


def port_of(parts) -> int | None:
    """The port where it is not the usual one; https and http are one site here."""
    return None if parts.port in (80, 443) else parts.port
