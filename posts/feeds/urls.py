"""The addresses of the feeds, to be put among those of the posts."""

import re

from django.urls import path, register_converter

from posts.feeds.formats import FORMATS
from posts.feeds.views import FeedAlias, FeedView

PLACES = {
    "site": "",
    "tag": "tag/<word:slug>/",
    "author": "author/<word:handle>/",
    "series": "series/<word:slug>/",
}


class AliasConverter:
    """Any other name of a feed. The last slash is free, so that one hop is enough."""

    regex = "(?:{})/?".format(
        "|".join(re.escape(alias) for each in FORMATS.values() for alias in each.aliases)
    )

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(AliasConverter, "feed_alias")


def name_for(place: str, feed: str) -> str:
    """The name of an address: `feed`, `rss`, `json_feed`, and `tag_feed` and so on below."""
    return feed if place == "site" else f"{place}_{feed}"


def feed_addresses() -> list:
    """Every feed of every kind of subject, and the aliases."""
    return [address for place, prefix in PLACES.items() for address in below(place, prefix)]


def below(place: str, prefix: str, view=FeedView, alias=FeedAlias) -> list:
    """The addresses of all formats below `prefix`, and their aliases."""
    feeds = [
        path(
            prefix + each.suffix,
            view.as_view(subject=place, format=feed),
            name=name_for(place, feed),
        )
        for feed, each in FORMATS.items()
    ]
    other = alias.as_view(subject=place)
    return [*feeds, path(f"{prefix}<feed_alias:alias>", other, name=name_for(place, "feed_alias"))]
