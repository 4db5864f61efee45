"""Cards, the blocks of Ghost that are more than text, as plain HTML.

The same cards stand in both of its formats, with the same fields under the same names; where names
changed, both are read. What a card says is kept, what it looks like is not.
"""

from collections.abc import Callable
from html import escape

from django.utils.translation import gettext as _

from posts.importers.archives.values import dict_of, line_of, list_of, text_of
from posts.importers.ghost.conversion import Conversion, attribute, figure, link, paragraph
from posts.importers.ghost.markdown import to_html

MAX_PICTURES = 500  # of one gallery; Ghost has nine
LANGUAGE_LENGTH = 40


def card_html(name: str, payload: dict, conversion: Conversion) -> str:
    """HTML of the card; what cannot come in is told instead."""
    if is_for_members_only(payload):
        conversion.tell(_("A part that only members saw was left out."))
        return ""
    if name in LEFT_OUT:
        return left_out(name, conversion)
    make = CARDS.get(name)
    if not make:
        return unknown(name, payload, conversion)
    return make(payload)


def is_for_members_only(payload: dict) -> bool:
    """Cards may say who sees them; what everybody does not see must not become public here."""
    visibility = dict_of(payload.get("visibility"))
    on_web = dict_of(visibility.get("web"))
    return on_web.get("nonMember") is False or visibility.get("showOnWeb") is False


def left_out(name: str, conversion: Conversion) -> str:
    if name in ("email", "email-cta"):
        conversion.tell(_("A part that only mails showed was left out."))
    elif name == "signup":
        conversion.tell(_("A form to subscribe was left out."))
    return ""


def unknown(name: str, payload: dict, conversion: Conversion) -> str:
    """Its address, if it has one, so that whoever looks through the post sees where it was."""
    conversion.tell_unknown(line_of(name))
    address = text_of(payload.get("url")) or text_of(payload.get("src"))
    return paragraph(link(address, escape(address)))


def image(payload: dict) -> str:
    picture = image_tag(payload)
    return figure(link(payload.get("href"), picture), payload.get("caption")) if picture else ""


def image_tag(payload: dict) -> str:
    source = attribute("src", payload.get("src"))
    alt = escape(text_of(payload.get("alt")))
    return f'<img{source} alt="{alt}"{attribute("title", payload.get("title"))}>' if source else ""


def gallery(payload: dict) -> str:
    """A figure for each picture; the caption of the whole goes under the last."""
    pictures = [picture for picture in list_of(payload.get("images")) if isinstance(picture, dict)]
    figures = [image({**picture, "href": ""}) for picture in pictures[:MAX_PICTURES]]
    caption = text_of(payload.get("caption")).strip()
    return "".join(figures) + paragraph(f"<em>{caption}</em>" if caption else "")


def code(payload: dict) -> str:
    """The code with nothing changed, not even its last line end."""
    words = line_of(payload.get("language")).split()
    language = attribute("class", f"language-{words[0][:LANGUAGE_LENGTH]}" if words else "")
    block = f"<pre><code{language}>{escape(text_of(payload.get('code')))}</code></pre>"
    caption = text_of(payload.get("caption")).strip()
    return block + paragraph(f"<em>{caption}</em>" if caption else "")


def markdown(payload: dict) -> str:
    return to_html(text_of(payload.get("markdown")))


def html(payload: dict) -> str:
    return text_of(payload.get("html"))


def embed(payload: dict) -> str:
    """The address alone in its paragraph, from which a player is made here; else what it embeds."""
    address = text_of(payload.get("url"))
    if not address:
        return figure(html(payload), payload.get("caption")) if html(payload) else ""
    caption = text_of(payload.get("caption"))
    return paragraph(link(address, escape(address))) + paragraph(caption)


def bookmark(payload: dict) -> str:
    about = dict_of(payload.get("metadata")) or payload
    address = text_of(payload.get("url")) or text_of(about.get("url"))
    title = line_of(about.get("title")) or address
    if not title:
        return ""
    words = escape(line_of(about.get("description")))
    source = escape(line_of(about.get("publisher")))
    parts = [link(address, f"<strong>{escape(title)}</strong>"), words, source]
    lines = "<br>".join(part for part in parts if part)
    caption = text_of(payload.get("caption"))
    return f"<blockquote><p>{lines}</p></blockquote>" + paragraph(caption)


def callout(payload: dict) -> str:
    sign = escape(line_of(payload.get("calloutEmoji")))
    words = text_of(payload.get("calloutText"))
    return f"<blockquote>{paragraph(f'{sign} {words}'.strip())}</blockquote>"


def toggle(payload: dict) -> str:
    heading = text_of(payload.get("heading"))
    return f"<details><summary>{heading}</summary>{text_of(payload.get('content'))}</details>"


def button(payload: dict) -> str:
    words = escape(line_of(payload.get("buttonText")))
    return paragraph(link(payload.get("buttonUrl"), words)) if words else ""


def audio(payload: dict) -> str:
    """A player, and under it what it plays: Ghost's own shows the title."""
    source = attribute("src", payload.get("src"))
    title = escape(line_of(payload.get("title")))
    return figure(f"<audio controls{source}></audio>", title) if source else ""


def video(payload: dict) -> str:
    source = attribute("src", payload.get("src"))
    poster = attribute("poster", payload.get("customThumbnailSrc") or payload.get("thumbnailSrc"))
    player = f"<video controls{source}{poster}></video>"
    return figure(player, payload.get("caption")) if source else ""


def file(payload: dict) -> str:
    name = line_of(payload.get("fileTitle")) or line_of(payload.get("fileName"))
    address = text_of(payload.get("src"))
    words = escape(line_of(payload.get("fileCaption")))
    named = link(address, escape(name or address))
    return paragraph(f"{named}<br>{words}" if words else named)


def product(payload: dict) -> str:
    picture = image({"src": payload.get("productImageSrc")})
    title = text_of(payload.get("productTitle"))
    words = text_of(payload.get("productDescription"))
    heading = f"<h4>{title}</h4>" if title else ""
    shop = button(
        {"buttonText": payload.get("productButton"), "buttonUrl": payload.get("productUrl")}
    )
    return picture + heading + words + shop


def header(payload: dict) -> str:
    picture = image({"src": payload.get("backgroundImageSrc")})
    title = text_of(payload.get("header")) or text_of(payload.get("heading"))
    below = text_of(payload.get("subheader")) or text_of(payload.get("subheading"))
    heading = f"<h2>{title}</h2>" if title else ""
    return picture + heading + paragraph(below) + button(payload)


def call_to_action(payload: dict) -> str:
    picture = image({"src": payload.get("imageUrl")})
    return picture + text_of(payload.get("textValue")) + button(payload)


def before_after(payload: dict) -> str:
    pictures = [dict_of(payload.get("beforeImage")), dict_of(payload.get("afterImage"))]
    return "".join(image(picture) for picture in pictures) + paragraph(
        text_of(payload.get("caption"))
    )


def rule(payload: dict) -> str:
    return "<hr>"


LEFT_OUT = {"email", "email-cta", "signup", "paywall"}  # a paywall shows nothing itself
CARDS: dict[str, Callable[[dict], str]] = {
    "image": image,
    "image-card": image,
    "card-image": image,
    "gallery": gallery,
    "code": code,
    "codeblock": code,
    "markdown": markdown,
    "card-markdown": markdown,
    "markdown-card": markdown,
    "html": html,
    "card-html": html,
    "html-card": html,
    "embed": embed,
    "card-embed": embed,
    "embed-card": embed,
    "bookmark": bookmark,
    "callout": callout,
    "toggle": toggle,
    "button": button,
    "audio": audio,
    "video": video,
    "file": file,
    "product": product,
    "header": header,
    "call-to-action": call_to_action,
    "before-after": before_after,
    "hr": rule,
    "card-hr": rule,
    "horizontalrule": rule,
    "transistor": embed,
    "nft": embed,
}
