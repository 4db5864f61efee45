"""Which network addresses are out in the world, and not on this machine or beside it."""

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Newer than some Pythons' own lists, or global by the books and yet no place to send to.
NOT_PUBLIC = [
    ipaddress.ip_network(network)
    for network in [
        "192.0.0.0/24",  # RFC 6890: protocols
        "192.88.99.0/24",  # RFC 7526: relays that are no more
        "2001::/23",  # RFC 2928: protocols, Teredo among them
        "2001:db8::/32",  # RFC 3849: documentation
        "3fff::/20",  # RFC 9637: documentation
    ]
]
UNICAST = ipaddress.ip_network("2000::/3")  # all that is given out of IPv6, RFC 4291
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: IPv4 behind a translator
LAST_32_BITS = 0xFFFFFFFF


def is_public(address: Address) -> bool:
    """Whether anybody on the internet could reach it; an address inside an address decides."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id:
            return False
        inner = embedded(address)
        if inner is not None:
            return is_public(inner)
        if address not in UNICAST:
            return False
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not any(address in net for net in NOT_PUBLIC if net.version == address.version)
    )


def embedded(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that this one leads to, if it does."""
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & LAST_32_BITS)
    return address.ipv4_mapped or address.sixtofour
