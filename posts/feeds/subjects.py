"""What a feed can be about: the site, a tag, an author or a series."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from posts import redirects
from posts.authors import published_authors
from posts.feeds.entries import absolute, person
from posts.models import Post, Series, SiteSettings, Tag
from posts.rendering import inline_text


@dataclass(frozen=True)
class Subject:
    """What a feed is about, and its published posts, newest first."""

    title: str
    description: str
    path: str  # of the page about the same; the addresses of the feeds begin with it
    author: dict[str, str]  # name and url of who answers for the feed as a whole
    posts: QuerySet
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
    tag = get_object_or_404(Tag.objects.with_posts(), slug=slug)
    return Subject(
        title=f"{tag.name} – {site.title}",
        description=inline_text(tag.description),
        path=tag.get_absolute_url(),
        author=publisher(site),
        posts=full_posts().filter(tags=tag),
        full_text=site.full_text_feeds,
    )


def a_series(slug: str) -> Subject:
    site = SiteSettings.load()
    series = get_object_or_404(Series.objects.with_posts(), slug=slug)
    return Subject(
        title=f"{series.title} – {site.title}",
        description=inline_text(series.description),
        path=series.get_absolute_url(),
        author=publisher(site),
        posts=full_posts().filter(series=series),
        full_text=site.full_text_feeds,
    )


def an_author(handle: str) -> Subject:
    site = SiteSettings.load()
    author = get_object_or_404(published_authors(), handle=handle)
    return Subject(
        title=f"{author.name} – {site.title}",
        description=inline_text(author.bio),
        path=redirects.address_of(author),
        author=person(author),
        posts=full_posts().filter(authors=author),
        full_text=site.full_text_feeds,
    )


def full_posts() -> QuerySet:
    return Post.objects.published().newest_first().for_feed()


def publisher(site: SiteSettings) -> dict[str, str]:
    return {"name": site.title, "url": absolute("/")}
