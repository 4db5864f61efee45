"""Network addresses: which are blocked, and how they are kept without being kept."""

import hmac
from hashlib import sha256
from ipaddress import ip_network

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from blogsite.client import AROUND_PREFIX, OWN_PREFIX, Address, Network, network_of, plain

KEY_DIGITS = 32  # hexadecimal digits: 128 bits


def networks_in(text: str) -> list[Network]:
    """The networks named in `text`, one a line; raises ValueError at a line that is none."""
    lines = (line.strip() for line in text.splitlines())
    return [ip_network(line, strict=False) for line in lines if line]


def validate_networks(text: str) -> None:
    """Raises ValidationError naming the line that is no address and no network."""
    for line in filter(None, map(str.strip, text.splitlines())):
        try:
            ip_network(line, strict=False)
        except ValueError as error:
            message = _("%(line)s is no address and no network.") % {"line": line[:60]}
            raise ValidationError(message) from error


def is_blocked(address: str, networks: list[Network]) -> bool:
    """Whether `address` lies in one of `networks`; one that cannot be read lies in none."""
    try:
        known = plain(address)
    except ValueError:
        return False
    return any(known in network for network in networks if network.version == known.version)


def keys_for(address: str) -> tuple[str, str]:
    """Keyed hashes of an address and of its network, to be compared and never turned back.

    HMAC-SHA-256 with the site's secret key, cut to 128 bits; without the key nobody can try all
    addresses. Two empty strings for what is no address.
    """
    try:
        known = plain(address)
    except ValueError:
        return "", ""
    return key_of(known, OWN_PREFIX), key_of(known, AROUND_PREFIX)


def key_of(address: Address, prefixes: dict[int, int]) -> str:
    message = f"comments.networks:{network_of(address, prefixes)}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), message, sha256)
    return digest.hexdigest()[:KEY_DIGITS]
