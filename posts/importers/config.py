"""What the settings of the generator say, as far as an import needs to know."""

import ast
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from posts.importers.datafiles import read_values
from posts.importers.dates import zone_of
from posts.importers.fields import Fields, as_text
from posts.importers.folder import Folder
from posts.importers.reading import Refused, read_text

FILES = {
    "jekyll": ["_config.yml", "_config.yaml"],
    "hugo": [
        f"{name}.{kind}"
        for name in ("hugo", "config", "config/_default/hugo", "config/_default/config")
        for kind in ("toml", "yaml", "yml", "json")
    ],
    "pelican": ["publishconf.py", "pelicanconf.py"],
    "plain": [],
}


@dataclass(frozen=True)
class Config:
    """Settings of the old site; the defaults hold where nothing is known."""

    zone: tzinfo = UTC
    hosts: frozenset[str] = frozenset()  # the addresses it had, to know its own links
    base_path: str = ""  # what every path of it began with, such as /blog
    permalink: str = ""  # Jekyll: a style or a template
    permalinks: dict[str, str] = field(default_factory=dict)  # Hugo: section to template
    article_url: str = ""  # Pelican
    page_url: str = ""
    language: str = ""
    excerpt_separator: str = ""


def read_config(folder: Folder) -> Config:
    """The settings in `folder`; what cannot be read counts as not there."""
    fields = Fields({})
    for name in FILES[folder.style]:
        path = folder.inside(name)
        if path:
            fields = Fields(values_in(path))
            break
    address = address_in(fields.text("url", "baseURL", "SITEURL"))
    permalinks = fields.raw("permalinks")
    return Config(
        zone=zone_in(fields.text("timezone")),
        hosts=frozenset({address.netloc.lower()} - {""}),
        base_path=(address.path.rstrip("/") + fields.text("baseurl_path")).rstrip("/"),
        permalink=fields.text("permalink"),
        permalinks=templates(permalinks) if isinstance(permalinks, dict) else {},
        article_url=fields.text("ARTICLE_SAVE_AS") or fields.text("ARTICLE_URL"),
        page_url=fields.text("PAGE_SAVE_AS") or fields.text("PAGE_URL"),
        language=fields.text("languageCode", "lang", "DEFAULT_LANG"),
        excerpt_separator=fields.text("excerpt_separator"),
    )


def address_in(text: str) -> SplitResult:
    try:
        return urlsplit(text)
    except ValueError:
        return urlsplit("")


def values_in(path: Path) -> dict:
    values = python_constants(path) if path.suffix == ".py" else read_values(path)
    if not isinstance(values, dict):
        return {}
    # Jekyll's `baseurl` is a path, Hugo's `baseURL` a whole address; here both have one name.
    if path.name.startswith("_config") and "baseurl" in values:
        values["baseurl_path"] = values.pop("baseurl")
    return values


def python_constants(path: Path) -> dict:
    """`NAME = "text"` lines of Python settings, which are read and never run."""
    found = {}
    try:
        text, _remark = read_text(path)
        statements = ast.parse(text).body
    except (Refused, ValueError, RecursionError, SyntaxError, MemoryError):
        return found
    for statement in statements:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    found[target.id] = statement.value.value
    return found


def zone_in(name: str) -> tzinfo:
    try:
        return zone_of(name) if name else UTC
    except ValueError:
        return UTC


def templates(permalinks: dict) -> dict[str, str]:
    """Hugo's `permalinks`, whose newer form divides by kind of page."""
    nested = permalinks.get("page")
    chosen = nested if isinstance(nested, dict) else permalinks
    return {str(section): as_text(value) for section, value in chosen.items()}
