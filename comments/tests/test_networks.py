"""Network addresses: blocked ones, and keys that stand for them."""

import pytest
from django.core.exceptions import ValidationError

from comments.networks import is_blocked, keys_for, networks_in, validate_networks


@pytest.mark.parametrize(
    ("address", "blocked"),
    [
        ("192.0.2.7", True),
        ("192.0.2.8", False),
        ("198.51.100.200", True),
        ("::ffff:198.51.100.200", True),  # the same machine, written as IPv6
        ("2001:db8:1::1", True),
        ("2001:db9::1", False),
        ("fe80::1%eth0", False),
        ("", False),
        ("nonsense", False),
    ],
)
def test_network_is_blocked_as_listed(address, blocked):
    networks = networks_in("192.0.2.7\n\n 198.51.100.0/24 \n2001:db8::/32\n")

    assert is_blocked(address, networks) is blocked


def test_bad_line_is_named():
    with pytest.raises(ValidationError) as refused:
        validate_networks("192.0.2.0/24\n300.1.1.1\n")

    assert refused.value.messages == ["300.1.1.1 is no address and no network."]


def test_key_tells_addresses_apart_and_nothing_else(settings):
    own, network = keys_for("192.0.2.7")

    assert keys_for("::ffff:192.0.2.7") == (own, network)
    assert keys_for("192.0.2.8") == (keys_for("192.0.2.8")[0], network)
    assert keys_for("192.0.2.8")[0] != own
    assert "192" not in own + network
    settings.SECRET_KEY = "another"
    assert keys_for("192.0.2.7")[0] != own


def test_keys_of_one_household_are_one():
    """A provider hands each IPv6 household a /64 at least, to walk about in as it likes."""
    assert keys_for("2001:db8:1:2::1") == keys_for("2001:db8:1:2:ffff::1")
    assert keys_for("2001:db8:1:3::1")[1] == keys_for("2001:db8:1:2::1")[1]


@pytest.mark.parametrize("address", ["", "unix:", "1.2.3", "::1::"])
def test_no_address_has_no_key(address):
    assert keys_for(address) == ("", "")
