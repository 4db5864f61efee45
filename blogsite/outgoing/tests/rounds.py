"""A periodic job for the tests; not decorated, so that no worker finds it."""

counted = []


def count() -> None:
    counted.append(1)
