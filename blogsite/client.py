"""Who asks: the network address of a visitor."""

from ipaddress import ip_address, ip_network

from django.conf import settings


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


def is_trusted_proxy(address: str) -> bool:
    if not is_address(address):
        return False
    known = ip_address(address)
    known = getattr(known, "ipv4_mapped", None) or known
    return any(
        known in network
        for network in map(ip_network, settings.TRUSTED_PROXIES)
        if network.version == known.version
    )


def is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
