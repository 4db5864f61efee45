"""Which tries count together when somebody signs in."""

from accounts.throttling import devices, tallies
from accounts.throttling.keys import folded, key, networks_of
from accounts.throttling.limits import (
    ACCOUNT,
    CODE,
    DEVICE,
    NETWORK,
    REAUTHENTICATION,
    WIDE_NETWORK,
)
from accounts.throttling.tallies import Claim


def password_claims(request, address: str) -> list[Claim]:
    """What a try with a password counts for: for the browser, where it is known, and else for
    the account and the network. The same for addresses that nobody has."""
    own = known_device_claim(request, "sign_in", address)
    return [own] if own else [account_claim(address), *network_claims(request)]


def code_claims(request, address: str) -> list[Claim]:
    """The same for a code of the second step. Whoever gets here knew the password."""
    own = known_device_claim(request, "code", address)
    return [own] if own else [code_claim(address)]


def reauthentication_claims(user) -> list[Claim]:
    """Who is signed in already gives the password again: counted by the person."""
    return [Claim(key("reauthentication", user.pk), REAUTHENTICATION)]


def forgive(user) -> None:
    """Its owner has shown to be the owner: whatever others tried, the account is open again."""
    if user.email:
        tallies.forget([account_claim(user.email).key, code_claim(user.email).key])


# --- One by one -------------------------------------------------------------------


def account_claim(address: str) -> Claim:
    return Claim(key("sign_in", "account", folded(address)), ACCOUNT)


def code_claim(address: str) -> Claim:
    return Claim(key("code", "account", folded(address)), CODE)


def network_claims(request) -> list[Claim]:
    narrow, wide = networks_of(request)
    return [
        Claim(key("sign_in", "network", narrow), NETWORK),
        Claim(key("sign_in", "wide", wide), WIDE_NETWORK),
    ]


def known_device_claim(request, action: str, address: str) -> Claim | None:
    """None for an unknown browser, and for a known one that has guessed too often itself."""
    device = devices.of(request)
    if not device or not device.knows(address):
        return None
    claim = Claim(key(action, "device", device.name, folded(address)), DEVICE)
    return None if tallies.wait_of([claim]) else claim
