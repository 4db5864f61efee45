"""Keys of rows as visitors send them, in addresses and forms."""

LARGEST_KEY = 2**63 - 1  # that a column of ours can hold


def key_in(text: str) -> int | None:
    """The key that `text` spells in plain digits; None for what can be no key."""
    # Before `int`, which takes long for thousands of digits.
    if not (text.isascii() and text.isdecimal() and len(text) < 20):
        return None
    return int(text) if 0 < int(text) <= LARGEST_KEY else None
