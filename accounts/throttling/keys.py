"""What is counted, as keys that nobody can turn back into addresses."""

from django.utils.crypto import salted_hmac

from blogsite import client

SALT = "accounts.throttling"
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
    address = client.address_of(request)
    if not address:
        return NOWHERE, NOWHERE
    known = client.plain(address)
    return tuple(
        str(client.network_of(known, prefixes))
        for prefixes in (client.OWN_PREFIX, client.AROUND_PREFIX)
    )
