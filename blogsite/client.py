"""Who asks, and how: the network address of a visitor, and what proxies say of it."""

from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from django.conf import settings

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Lengths of prefixes. What one subscriber gets: an address of IPv4's shared by a few dozen at most,
# and a /64 of IPv6's; and the network around it, what one provider or one hosted machine hands on.
OWN_PREFIX = {4: 32, 6: 64}
AROUND_PREFIX = {4: 24, 6: 48}

# What proxies tell. The host and the port they claim are never asked for, so never believed.
TOLD_BY_PROXIES = ["HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"]
NEVER_BELIEVED = ["HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "HTTP_FORWARDED"]


def believe_only_proxies(get_response):
    """Middleware: take away what only a proxy may say, unless one of `TRUSTED_PROXIES` says it."""

    def middleware(request):
        is_told = is_trusted_proxy(request.META.get("REMOTE_ADDR", ""))
        for name in NEVER_BELIEVED if is_told else NEVER_BELIEVED + TOLD_BY_PROXIES:
            request.META.pop(name, None)
        return get_response(request)

    return middleware


def address_of(request) -> str:
    """The address a request came from, or an empty string where none can be told.

    `X-Forwarded-For` is believed as far as proxies of ours wrote it: from its right end, while
    the address to the right of it is one of `TRUSTED_PROXIES`. Whatever a visitor put into the
    header stands further left.
    """
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while forwarded and is_trusted_proxy(address):
        before = forwarded.pop().strip()
        if not is_address(before):
            break
        address = before
    return address if is_address(address) else ""


def scheme_of(scheme: str, address: str, told: str | None) -> str:
    """How a visitor asked: as the proxy at `address` told, if it is one of ours; else `scheme`.

    It is as Django understands SECURE_PROXY_SSL_HEADER.
    """
    if told is None or not is_trusted_proxy(address):
        return scheme
    return "https" if told.split(",", 1)[0].strip() == "https" else "http"


def is_secure(environ: dict) -> bool:
    """Whether somebody asked by https, from what WSGI tells."""
    told = environ.get("HTTP_X_FORWARDED_PROTO")
    return scheme_of(environ["wsgi.url_scheme"], environ.get("REMOTE_ADDR", ""), told) == "https"


def is_trusted_proxy(address: str) -> bool:
    networks = settings.TRUSTED_PROXIES
    return bool(networks) and _is_in(address, tuple(networks))


@lru_cache(maxsize=1_000)
def _is_in(address: str, networks: tuple[str, ...]) -> bool:
    if not is_address(address):
        return False
    known = plain(address)
    return any(
        known in network
        for network in map(ip_network, networks)
        if network.version == known.version
    )


def plain(address: str) -> Address:
    """The address, an IPv4 one inside IPv6 (::ffff:a.b.c.d) as what it is. Raises ValueError."""
    known = ip_address(address.partition("%")[0])
    return getattr(known, "ipv4_mapped", None) or known


def network_of(address: Address, prefixes: dict[int, int]) -> Network:
    """The network that `address` lies in, by the length of its prefix for 4 and 6."""
    return ip_network((address, prefixes[address.version]), strict=False)


def is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
