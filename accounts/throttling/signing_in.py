"""Which tries count together when somebody signs in."""

from accounts.throttling import devices, tallies
from accounts.throttling.asking import account_claim, code_claim, network_claims
from accounts.throttling.keys import folded, key
from accounts.throttling.limits import DEVICE, REAUTHENTICATION
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


def known_device_claim(request, action: str, address: str) -> Claim | None:
    """None for an unknown browser, and for a known one that has guessed too often itself."""
    device = devices.of(request)
    if not device or not device.knows(address):
        return None
    claim = Claim(key(action, "device", device.name, folded(address)), DEVICE)
    return None if tallies.wait_of([claim]) else claim
