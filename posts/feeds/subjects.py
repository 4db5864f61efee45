"""What a feed can be about: the site, a tag, an author or a series."""

from dataclasses import dataclass

from posts import redirects
from posts.feeds.entries import absolute, person
from posts.groups import find_author, find_series, find_tag
from posts.models import SiteSettings, Tally
from posts.models.post import PostQuerySet
from posts.rendering import inline_text
from posts.tallies.lists import Listing


@dataclass(frozen=True)
class Subject:
    """What a feed is about, and its published posts, newest first."""

    title: str
    description: str
    path: str  # of the page about the same; the addresses of the feeds begin with it
    author: dict[str, str]  # name and url of who answers for the feed as a whole
    posts: Listing
    full_text: bool = True  # else entries hold the summary and a link


def the_site() -> Subject:
    site = SiteSettings.load()
    return Subject(
        title=site.title,
        description=site.description or site.tagline,
        path="/",
        author=publisher(site),
        posts=full_posts(),
        full_text=site.full_text_feeds,
    )


def a_tag(slug: str) -> Subject:
    site = SiteSettings.load()
    tag = find_tag(slug)
    return Subject(
        title=f"{tag.name} – {site.title}",
        description=inline_text(tag.description),
        path=tag.get_absolute_url(),
        author=publisher(site),
        posts=full_posts(Tally.Kind.TAG, tag.pk),
        full_text=site.full_text_feeds,
    )


def a_series(slug: str) -> Subject:
    site = SiteSettings.load()
    series = find_series(slug)
    return Subject(
        title=f"{series.title} – {site.title}",
        description=inline_text(series.description),
        path=series.get_absolute_url(),
        author=publisher(site),
        posts=full_posts(Tally.Kind.SERIES, series.pk),
        full_text=site.full_text_feeds,
    )


def an_author(handle: str) -> Subject:
    site = SiteSettings.load()
    author = find_author(handle)
    return Subject(
        title=f"{author.name} – {site.title}",
        description=inline_text(author.bio),
        path=redirects.address_of(author),
        author=person(author),
        posts=full_posts(Tally.Kind.AUTHOR, author.pk),
        full_text=site.full_text_feeds,
    )


def full_posts(kind: str = Tally.Kind.SITE, key: int = 0) -> Listing:
    return Listing(kind, key, prepare=PostQuerySet.for_feed)


def publisher(site: SiteSettings) -> dict[str, str]:
    return {"name": site.title, "url": absolute("/")}
