"""Pictures for the renderer: which stored image an address means."""

from posts.rendering import Picture


def find_pictures(sources: list[str]) -> dict[str, Picture]:
    """The pictures of this site among `sources` (image addresses as written)."""
    return {}
