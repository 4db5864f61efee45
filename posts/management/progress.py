"""Progress on a terminal."""

import sys
from collections.abc import Iterable

from tqdm import tqdm


def bar(items: Iterable, label: str | None = None) -> Iterable:
    """`items`, with a progress bar while they are worked through, where somebody is looking."""
    return tqdm(items, desc=label, file=sys.stderr, disable=not sys.stderr.isatty())
