"""Network addresses: which are blocked, and how they are kept without being kept."""

import hmac
from hashlib import sha256
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

KEY_DIGITS = 32  # hexadecimal digits: 128 bits
# What one subscriber gets: an address of IPv4's shared by a few dozen at most, and a /64 of
# IPv6's; the network around it is what one provider or one hosted machine hands on.
OWN_PREFIX = {4: 32, 6: 64}
NETWORK_PREFIX = {4: 24, 6: 48}

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


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
    return key_of(known, OWN_PREFIX), key_of(known, NETWORK_PREFIX)


def plain(address: str) -> Address:
    """The address, an IPv4 one inside IPv6 (::ffff:a.b.c.d) as what it is."""
    known = ip_address(address.partition("%")[0])
    return getattr(known, "ipv4_mapped", None) or known


def key_of(address: Address, prefixes: dict[int, int]) -> str:
    network = ip_network((address, prefixes[address.version]), strict=False)
    message = f"comments.networks:{network}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), message, sha256)
    return digest.hexdigest()[:KEY_DIGITS]
