"""llms.txt: the site as a list of Markdown files, for programs that read rather than crawl."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from blogsite.pagecache import keep
from posts.feeds.entries import absolute
from posts.feeds.formats import FORMATS
from posts.models import Page, Post, SiteSettings
from posts.views.machine import public_file, read_only

MAX_BYTES = 50_000  # about what fits beside a question into a small model's memory
MAX_POSTS = 1_000  # more never fit


@keep()
@read_only
def llms(request):
    site = SiteSettings.load()
    about = one_line(site.description or site.tagline)
    head = [f"# {one_line(site.title)}", "", *([f"> {about}", ""] if about else [])]
    tail = [*section(_("Pages"), map(link_to, listed(Page))), *section(_("Feeds"), feed_links())]
    space = MAX_BYTES - size([*head, *tail, *section(_("Posts"), [""])])
    posts = listed(Post).newest_first()[:MAX_POSTS]
    body = section(_("Posts"), that_fit(map(link_to, posts), space))
    return public_file("\n".join([*head, *body, *tail]))


def listed(model):
    """What is published and not hidden from search engines."""
    return model.objects.published().filter(noindex=False).without_text()


def section(title: str, links: Iterable[str]) -> list[str]:
    found = list(links)
    return [f"## {title}", "", *found, ""] if found else []


def that_fit(lines: Iterable[str], space: int) -> Iterator[str]:
    """The first of `lines` that take no more than `space` bytes together."""
    for line in lines:
        space -= size([line])
        if space < 0:
            return
        yield line


def link_to(text) -> str:
    """The Markdown behind a post or page, with what it is about."""
    about = one_line(text.description) if text.title else ""
    return f"- [{one_line(str(text))}]({text.markdown_address})" + (f": {about}" if about else "")


def feed_links() -> Iterator[str]:
    return (f"- [{each.name}]({absolute('/' + each.suffix)})" for each in FORMATS.values())


def one_line(text: str) -> str:
    """`text` as Markdown that means just its words."""
    plain = " ".join(text.split())
    for sign in "\\[]<>`*":
        plain = plain.replace(sign, f"\\{sign}")
    return plain


def size(lines: list[str]) -> int:
    return sum(len(line.encode()) + 1 for line in lines)
