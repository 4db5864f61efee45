"""The cover picture that front matter names, under one of many keys."""

from typing import NamedTuple

from posts.importers.fields import Fields, flat

KEYS = [
    "cover", "image", "featured_image", "feature_image", "cover_image", "hero_image", "featured",
    "banner", "header", "thumbnail", "image_url", "images",
]  # fmt: skip
SOURCE_KEYS = ["image", "src", "path", "url", "feature", "teaser", "overlay_image", "filename"]
ALT_KEYS = ["image_alt", "cover_alt", "featured_image_alt", "image_alt_text", "alt"]


class Cover(NamedTuple):
    address: str  # as written
    alt: str = ""


def cover_of(fields: Fields) -> Cover | None:
    for key in KEYS:
        for value in flat(fields.raw(key)):
            details = Fields(value) if isinstance(value, dict) else Fields({"src": value})
            address = details.text(*SOURCE_KEYS)
            if "." in address:
                alt = details.text("alt", "image_alt", "caption") or fields.text(*ALT_KEYS)
                return Cover(address, alt)
    return resource_of(fields)


def resource_of(fields: Fields) -> Cover | None:
    """Hugo's `resources`, of which themes take the one named featuredImage or cover."""
    for entry in flat(fields.raw("resources")):
        details = Fields(entry) if isinstance(entry, dict) else Fields({})
        name = details.text("name", "title").lower()
        if ("feature" in name or "cover" in name) and details.text("src"):
            return Cover(details.text("src"), "")
    return None
