"""Images: what the site knows of them, and the markup for one."""

import re
from dataclasses import dataclass
from html import escape, unescape

from django.utils.translation import gettext as _

# The text column is at most 43rem wide; narrower windows give it all they have.
SIZES = "(min-width: 45rem) 43rem, 100vw"
RAW_IMAGE = re.compile(
    r"""<img\s[^<>]{0,2000}?\bsrc\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))""", re.IGNORECASE
)
LOADABLE = re.compile(r"(?:https?:|(?![A-Za-z][A-Za-z0-9+.-]*:))", re.IGNORECASE)


@dataclass(frozen=True)
class Picture:
    """An image that the site holds, as the page should load it."""

    src: str
    width: int
    height: int
    full: str  # address of the large picture, for click-to-enlarge
    sources: tuple[tuple[str, str], ...]  # (MIME type, srcset), best first
    alt: str = ""  # used where the Markdown gives none


class WrittenLink(str):
    """An address made fit for HTML that remembers how the author wrote it."""

    written: str

    def __new__(cls, encoded: str, written: str):
        link = super().__new__(cls, encoded)
        link.written = written
        return link


def written_source(token) -> str:
    """The `src` of an image token as typed, before percent-encoding."""
    source = token.attrs.get("src", "")
    return getattr(source, "written", source)


def raw_sources(html: str) -> list[str]:
    """Every `src` of an `img` in an author's raw HTML."""
    return [unescape("".join(groups)) for groups in RAW_IMAGE.findall(html)]


def is_loadable(source: str) -> bool:
    """Whether the sanitiser will let an image of this address stay."""
    return bool(source) and LOADABLE.match(source) is not None


def render_image(token, alt: str, env: dict, *, linked: bool) -> str:
    """One image: `picture` in a link to its large form, or a plain `img`."""
    if env.get("excerpt"):
        return ""
    source = written_source(token)
    is_first = not env.get("image_seen")
    env["image_seen"] = True
    picture = env.get("pictures", {}).get(source)
    title = token.attrs.get("title", "")
    title = f' title="{escape(title)}"' if title and not token.meta.get("captioned") else ""
    if picture is None:
        return f'<img src="{escape(token.attrs["src"])}" alt="{escape(alt)}"{title} loading="lazy">'
    html = _picture(picture, alt or picture.alt, title, is_first)
    return html if linked else _enlarge(picture, alt or picture.alt, html)


def _picture(picture: Picture, alt: str, title: str, is_first: bool) -> str:
    sources = "".join(
        f'<source type="{escape(kind)}" srcset="{escape(srcset)}" sizes="{SIZES}">'
        for kind, srcset in picture.sources
    )
    loading = 'loading="eager"' if is_first else 'loading="lazy"'
    return (
        f'<picture>{sources}<img src="{escape(picture.src)}" width="{picture.width}" '
        f'height="{picture.height}" alt="{escape(alt)}"{title} {loading} decoding="async"></picture>'
    )


def _enlarge(picture: Picture, alt: str, html: str) -> str:
    label = _("Enlarge: %(alt)s") % {"alt": alt} if alt else _("Enlarge the picture")
    return (
        f'<a class="enlarge" href="{escape(picture.full)}" data-enlarge '
        f'aria-label="{escape(label)}">{html}</a>'
    )
