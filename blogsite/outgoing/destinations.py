"""Where a web address leads, checked before anything is sent there."""

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from blogsite.outgoing.addresses import ascii_domain
from blogsite.outgoing.public_addresses import is_public

PORTS = {"http": 80, "https": 443}
# Below are the ports of other services, which must not be spoken to in HTTP by way of us.
FIRST_FREE_PORT = 1024
MAX_URL = 2000  # characters
UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\\]")
HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+", re.IGNORECASE)


class Refused(Exception):
    """What is asked for must not be: a private address, too large, no web address at all."""


class TooLarge(Refused):
    """The answer is there, and larger than we take."""


class Failed(Exception):
    """The network or the other site did not do its part; it may another time."""


@dataclass(frozen=True)
class Destination:
    """A web address taken apart, and the network addresses that may be connected to."""

    url: str
    scheme: str
    host: str
    port: int
    path: str  # with the query, as sent
    addresses: tuple[str, ...] = ()

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port


def resolve(url: str) -> Destination:
    """The destination of `url`. Raises Refused unless all its addresses are public."""
    place = parse(url)
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Failed(f"{place.host} is not known: {error}") from error
    addresses = tuple(dict.fromkeys(row[4][0] for row in found))
    for address in addresses:
        if not is_public(ipaddress.ip_address(address)):
            raise Refused(f"{place.host} is not on the public internet")
    return Destination(**(vars(place) | {"addresses": addresses}))


def parse(url: str) -> Destination:
    """`url` taken apart, once; what is sent is made of these parts, never of the text again."""
    if len(url) > MAX_URL or UNSAFE.search(url):
        raise Refused("Not a web address")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = ascii_domain(parts.hostname or "")
    except ValueError as error:  # of which UnicodeError is one
        raise Refused("Not a web address") from error
    if parts.scheme not in PORTS or not HOST.fullmatch(host):
        raise Refused("Not a web address")
    if "@" in parts.netloc:
        raise Refused("An address with a name and password in it is not asked")
    port = PORTS[parts.scheme] if port is None else port
    if port not in PORTS.values() and port < FIRST_FREE_PORT:
        raise Refused(f"Port {port} is not for the web")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Destination(url, parts.scheme, host.lower(), port, ascii_path(path))


def ascii_path(path: str) -> str:
    """The path as it is sent: what is not ASCII in percent signs, all else untouched."""
    return "".join(
        char if char.isascii() else "".join(f"%{byte:02X}" for byte in char.encode("utf-8"))
        for char in path
    )
