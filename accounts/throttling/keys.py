"""What is counted, as keys that nobody can turn back into addresses."""

from ipaddress import ip_address, ip_network

from django.utils.crypto import salted_hmac

from blogsite.client import address_of

SALT = "accounts.throttling"
# What one subscriber has, and what one provider or one hosted machine hands on.
NARROW = {4: 32, 6: 64}
WIDE = {4: 24, 6: 48}
NOWHERE = "nowhere"


def key(*parts) -> str:
    """A keyed hash of `parts`: 64 hexadecimal digits."""
    text = "\0".join(map(str, parts))
    return salted_hmac(SALT, text, algorithm="sha256").hexdigest()


def folded(address: str) -> str:
    """An e-mail address as it is counted: two spellings of one account are one."""
    return address.strip().lower()


def networks_of(request) -> tuple[str, str]:
    """The networks a request comes from: the visitor's own, and the one around it."""
    address = address_of(request).partition("%")[0]
    if not address:
        return NOWHERE, NOWHERE
    known = ip_address(address)
    known = getattr(known, "ipv4_mapped", None) or known
    return tuple(
        str(ip_network((known, prefixes[known.version]), strict=False))
        for prefixes in (NARROW, WIDE)
    )
