"""The addresses that a text had before, by what the file says and by its generator's rules."""

import posixpath
import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from posts.importers.config import Config
from posts.importers.document import Document
from posts.importers.folder import JEKYLL_FOLDERS, Folder
from posts.importers.slugs import make_word_slug

MAX_LENGTH = 500  # characters of Redirect.path
JEKYLL_STYLES = {  # https://jekyllrb.com/docs/permalinks/
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
    "none": "/:categories/:title.html",
}
TOKEN = re.compile(r":([a-z_]+)")
PELICAN_TOKEN = re.compile(r"\{(\w+)(?::(%[-\w%/.]+))?\}")


def former_addresses(document: Document, folder: Folder, config: Config) -> list[str]:
    """Paths on the old site that led to this text: the generator's own first, each once."""
    own = {"jekyll": jekyll, "hugo": hugo, "pelican": pelican}.get(folder.style, nothing)
    addresses = own(document, folder, config)
    base = addresses[0] if addresses else "/"
    for alias in aliases(document):
        # Hugo reads an alias without a slash from where the page is.
        addresses.append(alias if "/" in alias[:1] or "://" in alias else joined(base, alias))
    paths = [clean(address) for address in addresses]
    paths += [config.base_path + path for path in paths if path and config.base_path]
    return list(dict.fromkeys(path for path in paths if path))


def nothing(document: Document, folder: Folder, config: Config) -> list[str]:
    fixed = document.fields.text("permalink", "url")
    return [fixed] if fixed else []


def aliases(document: Document) -> list[str]:
    fields = document.fields
    return [*fields.names("aliases", "alias", "redirect_from", "redirects", separator=r"[,\s]+")]


def joined(base: str, alias: str) -> str:
    parent = posixpath.dirname(base.rstrip("/")) or "/"
    return posixpath.normpath(posixpath.join(parent, alias)) + ("/" if alias.endswith("/") else "")


def clean(address: str) -> str:
    """The path of an address as requests show it; "" for what is none, or cannot be one."""
    # Two slashes at the start come from an empty part of a template, not from another host.
    address = re.sub(r"\A/{2,}", "/", address.strip())
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        return ""
    path = re.sub(r"/{2,}", "/", "/" + path)
    path = re.sub(r"/index\.html?\Z", "/", path)
    is_usable = len(path) <= MAX_LENGTH and path.isprintable() and "/../" not in path
    return path if is_usable and path != "/" else ""


def jekyll(document: Document, folder: Folder, config: Config) -> list[str]:
    fixed = document.fields.text("permalink")
    parts = PurePosixPath(document.path).parts
    if not JEKYLL_FOLDERS & {*parts, folder.root.name}:
        stem = document.path.rpartition(".")[0]
        return [fixed or f"/{stem}.html", f"/{stem}/"]
    # Which style without a _config.yml? The default, or the other that everybody uses.
    chosen = [fixed or config.permalink] if fixed or config.permalink else ["date", "pretty"]
    return [filled(JEKYLL_STYLES.get(style, style), document, folder) for style in chosen]


def filled(template: str, document: Document, folder: Folder) -> str:
    """Jekyll's or Hugo's `/:year/:month/:title/` for one text."""
    date = document.published_at
    stem = PurePosixPath(document.path).stem
    inner = document.folders[1 if folder.content else 0 :]
    values = {
        "year": f"{date:%Y}",
        "short_year": f"{date:%y}",
        "month": f"{date:%m}",
        "i_month": str(date.month),
        "month_name": f"{date:%B}".lower(),
        "monthname": f"{date:%B}".lower(),
        "short_month": f"{date:%b}",
        "day": f"{date:%d}",
        "i_day": str(date.day),
        "short_day": f"{date:%a}",
        "y_day": f"{date:%j}",
        "yearday": str(date.timetuple().tm_yday),
        "week": f"{date:%V}",
        "hour": f"{date:%H}",
        "minute": f"{date:%M}",
        "second": f"{date:%S}",
        "title": document.slug,
        "slug": document.slug,
        "name": document.slug,
        "slugorfilename": document.slug,
        "filename": document.name,
        "contentbasename": document.name,
        "slugorcontentbasename": document.slug,
        "section": inner[0] if inner else "",
        "sections": "/".join(inner),
        "path": f"{'/'.join([*inner, stem])}",
        "output_ext": ".html",
        "categories": "/".join(categories(document)),
    }
    if folder.style == "hugo":
        values["title"] = make_word_slug(document.title)
    return TOKEN.sub(lambda token: values.get(token[1], token[0]), template)


def categories(document: Document) -> list[str]:
    """Jekyll's: folders above `_posts`, then the front matter's, as they stand in an address."""
    parts = PurePosixPath(document.path).parts
    above = parts[: parts.index("_posts")] if "_posts" in parts else ()
    named = document.fields.names("category") + document.fields.names(
        "categories", separator=r"[,\s]+"
    )
    return [make_word_slug(name) for name in dict.fromkeys([*above, *named])]


def hugo(document: Document, folder: Folder, config: Config) -> list[str]:
    if fixed := document.fields.text("url"):
        return [fixed]
    inner = document.folders[1 if folder.content else 0 :]
    template = config.permalinks.get(inner[0] if inner else "")
    if template:
        return [filled(template, document, folder)]
    if PurePosixPath(document.path).stem == "_index":
        inner = [*inner, document.name]
        return [hugo_path(inner)]
    return [hugo_path([*inner, document.fields.text("slug") or document.name])]


def hugo_path(parts: list[str]) -> str:
    """Hugo lowers the case and turns spaces into hyphens."""
    return "/" + "/".join(re.sub(r"\s+", "-", part.strip()).lower() for part in parts) + "/"


def pelican(document: Document, folder: Folder, config: Config) -> list[str]:
    fixed = [document.fields.text(name) for name in ("url", "save_as")]
    if any(fixed):
        return [address for address in fixed if address]
    slug = document.fields.text("slug") or make_word_slug(document.title, 200) or document.slug
    is_page = "pages" in document.folders
    template = config.page_url if is_page else config.article_url
    template = template or ("pages/{slug}.html" if is_page else "{slug}.html")
    values = {
        "slug": slug,
        "lang": document.language or config.language or "en",
        "category": make_word_slug(document.fields.text("category") or "misc"),
        "author": make_word_slug((document.authors or [""])[0]),
    }

    def fill(token: re.Match) -> str:
        if token[1] == "date":
            return document.published_at.strftime(token[2] or "%Y-%m-%d")
        return values.get(token[1], token[0])

    return [PELICAN_TOKEN.sub(fill, template)]
