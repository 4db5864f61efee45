"""Names that may be taken, told apart by a number."""

from collections.abc import Callable


def first_free(name: str, is_free: Callable[[str], bool]) -> str:
    """`name`, or the first of name-2, name-3, … for which `is_free` says yes."""
    candidate, number = name, 1
    while not is_free(candidate):
        number += 1
        candidate = f"{name}-{number}"
    return candidate
