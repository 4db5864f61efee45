"""Tags and filters of the public templates."""

from datetime import UTC, date
from functools import lru_cache
from urllib.parse import urlencode

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse
from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import escape

from blogsite.addresses import address, fixed_address
from blogsite.languages import language as active_language
from posts.models.image import stored_path
from posts.moments import iso
from posts.pictures.finding import sources_of
from posts.rendering import render_inline
from posts.search import like_address

register = template.Library()
register.filter(iso)

# Scripts that run from right to left, by language (CLDR).
RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ku", "nqo", "ps", "sd", "ug", "ur", "yi"}
CARD_TAGS = 8  # tags named in a list; a post may have forty
CONTENTS_FROM = 3  # headings


@register.filter
def direction(language: str) -> str:
    """`rtl` or `ltr` for a language code such as `ar-EG`; empty for an empty code."""
    if not language:
        return ""
    subtags = language.lower().split("-")
    latin_script = "latn" in subtags
    return "rtl" if subtags[0] in RIGHT_TO_LEFT and not latin_script else "ltr"


@register.simple_tag
def language_attributes(language: str) -> str:
    """`lang` and `dir` for a text in `language`; nothing where it is the site's own."""
    if not language or language == active_language():
        return SafeString("")
    return format_html(' lang="{}" dir="{}"', language, direction(language))


@register.filter
def inline_markdown(source: str) -> str:
    """A short text in Markdown, such as a bio, as HTML without blocks."""
    return mark_safe(render_inline(source))


def page_address(request, first_address: str, number: int) -> str:
    """Address of one page of the list that is shown; the first page has no number."""
    query = {name: values for name, values in request.GET.lists() if name != "page"}
    if number > 1:
        query["page"] = [number]
    return first_address + (f"?{urlencode(query, doseq=True)}" if query else "")


def search_address(query: str) -> str:
    """Where `query` is answered."""
    return f"{fixed_address('posts:search')}?{urlencode({'q': query})}"


@lru_cache(maxsize=1_000)
def year_address(year: int) -> str:
    return reverse("posts:year", args=[year])


@register.filter
def day(moment) -> str:
    """The day of a moment, in UTC and in words: `18 July 2017`."""
    return in_words(moment.astimezone(UTC).date(), active_language())


@lru_cache(maxsize=5_000)  # thirteen years of days: a page shows a dozen, each slow to write
def in_words(date: date, language: str) -> str:
    """A day as people write it in the language that is active, and is named for the cache."""
    # Translators: a date in the order of your language, in Django's format letters.
    return formats.date_format(date, _("j F Y"))


def iso_day(moment) -> str:
    """The day of a moment in figures: `2017-07-18`, in UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%d}"


@register.simple_tag
def stamp(moment, name=""):
    """A moment as a `<time>`: the day in words, the exact UTC time in figures.

    `name` is an extra class, such as `dt-published`, and from the template.
    """
    if not moment:
        return ""
    figures = iso(moment)
    return SafeString(
        f'<time class="stamp {name}" datetime="{figures}" data-local-time>'
        f'<span class="stamp-day">{escape(day(moment))}</span>'
        f' <span class="stamp-iso">{figures}</span></time>'
    )


@register.simple_tag
def byline(post, tag_limit=None):
    """“Posted by A and B under Tag, Tag.” with links; names only `tag_limit` tags."""
    tags, authors = post.tag_list, post.author_list
    if authors and tags:
        told = _("Posted by {authors} under {tags}.")
    elif authors:
        told = _("Posted by {authors}.")
    elif tags:
        told = _("Posted under {tags}.")
    else:
        return ""
    named = join_tags(post, tags[:tag_limit], len(tags)) if tags else ""
    return SafeString(told.format(authors=join_names(authors), tags=named))


@register.simple_tag
def card_byline(post):
    """The byline for a list, where a long row of tags is cut."""
    return byline(post, CARD_TAGS)


def join_names(people) -> str:
    links = [
        f'<a class="p-author h-card" rel="author"'
        f' href="{escape(address("posts:author", person.handle))}">{escape(person.name)}</a>'
        for person in people
    ]
    if len(links) < 2:
        return "".join(links)
    return _("{first} and {last}").format(first=", ".join(links[:-1]), last=links[-1])


def join_tags(post, shown, total) -> str:
    names = ", ".join(
        f'<a class="p-category" rel="tag" href="{escape(tag.get_absolute_url())}">'
        f"{escape(tag.name)}</a>"
        for tag in shown
    )
    rest = total - len(shown)
    if not rest:
        return names
    more = ngettext("{rest} more", "{rest} more", rest).format(rest=rest)
    told = _('{names} and <a href="{address}">{more}</a>')
    return told.format(names=names, address=escape(post.get_absolute_url()), more=more)


@register.simple_tag
def picture(image, alt="", sizes="100vw", eager=False, name=""):
    """A stored picture in all its sizes and formats; lazy unless it is the first on the page."""
    sources = format_html_join(
        "",
        '<source type="{}" srcset="{}" sizes="{}">',
        ((kind, addresses, sizes) for kind, addresses in sources_of(image)),
    )
    loading = mark_safe('fetchpriority="high"' if eager else 'loading="lazy"')
    return format_html(
        "<picture>{}"
        '<img class="{}" src="{}" width="{}" height="{}" alt="{}" {} decoding="async"></picture>',
        sources,
        name,
        image.url,
        image.width,
        image.height,
        alt,
        loading,
    )


@register.filter
def opens_with_cover(post) -> bool:
    """Whether the cover stands above the text: there is one, and the text does not show it."""
    if not post.shown_cover:
        return False
    return post.cover.file not in map(stored_path, post.images)


@register.filter
def is_long_contents(toc) -> bool:
    """Whether a text has enough headings for a table of contents to help."""
    return len(toc) >= CONTENTS_FROM


@register.filter
def age(moment) -> str:
    """The time since `moment` in its largest unit alone: `4 years`."""
    return timesince(moment, depth=1)


@register.simple_tag
def series_neighbours(post, parts) -> dict:
    """The parts before and after `post` among `parts`, as `previous` and `next`."""
    keys = [part.pk for part in parts]
    if post.pk not in keys:
        return {}
    place = keys.index(post.pk)
    return {
        "previous": parts[place - 1] if place else None,
        "next": parts[place + 1] if place + 1 < len(parts) else None,
    }


def suggestions(request) -> list:
    """Posts that the address asked for may have meant."""
    return like_address(request.path) if request else []


@register.filter
def host(full_address: str) -> str:
    """The part of a web address that people recognise: `example.org/ada`."""
    bare = full_address.partition("://")[2].removeprefix("www.")
    return bare.rstrip("/") or full_address


@register.simple_tag
def static_if_known(path: str) -> str:
    """Address of a static file; empty where the list of static files is missing or broken.

    For the page that is shown when something has already failed.
    """
    try:
        return staticfiles_storage.url(path)
    except (ValueError, OSError):
        return ""
