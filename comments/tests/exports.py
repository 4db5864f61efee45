"""Comments as other systems export them, read with no more care than a test needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from lxml import etree

FOLDER = settings.BASE_DIR.parent / "shared" / "data"
STATUSES = {"1": "approved", "0": "pending", "spam": "spam", "trash": "removed"}
NO_KIND = "comment"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)


@dataclass
class Exported:
    """One comment, its fields as they stand in the file."""

    key: str
    parent: str
    page: str  # the post it is about
    values: dict


def files_of(folder: str, pattern: str) -> list:
    """Parameters of a test, one for each file; one that skips where the samples are absent."""
    paths = sorted((FOLDER / folder).glob(pattern))
    absent = pytest.mark.skip(reason=f"needs the samples in ../shared/data/{folder}")
    return [pytest.param(path, id=path.name) for path in paths] or [
        pytest.param(None, marks=absent, id="absent")
    ]


def read(path: Path) -> list[Exported]:
    root = etree.parse(path, PARSER).getroot()
    return list(from_disqus(root) if "disqus" in root.tag else from_wordpress(root))


def from_wordpress(root) -> Iterator[Exported]:
    for number, item in enumerate(root.iter("item")):
        for node in item.xpath("./*[local-name() = 'comment']"):
            field = {
                etree.QName(child).localname: child.text or ""
                for child in node.iterchildren("{*}*")
            }
            kind = field.get("comment_type") or NO_KIND
            parent = field.get("comment_parent", "").removeprefix("0")  # 0 for none
            yield Exported(
                # One of the samples counts anew in each post.
                key=f"{number}-{field['comment_id']}",
                parent=f"{number}-{parent}" if parent else "",
                page=str(number),
                values={
                    "name": field["comment_author"],
                    "email": field["comment_author_email"],
                    "site": field["comment_author_url"],
                    "body": field["comment_content"],
                    "kind": kind,
                    "status": STATUSES[field["comment_approved"]],
                    "created_at": moment(field["comment_date_gmt"]),
                },
            )


def from_disqus(root) -> Iterator[Exported]:
    def of(node, name):
        return node.findtext(f"{{*}}{name}") or ""

    key = "{http://disqus.com/disqus-internals}id"
    threads = {thread.get(key) for thread in root.findall("{*}thread")}
    for node in root.findall("{*}post"):
        thread = node.find("{*}thread").get(key)
        parent = node.find("{*}parent")
        if thread not in threads:  # about a page that is gone
            continue
        status = "removed" if of(node, "isDeleted") == "true" else "approved"
        yield Exported(
            key=node.get(key),
            parent="" if parent is None else parent.get(key),
            page=thread,
            values={
                "name": of(node.find("{*}author"), "name"),
                "email": of(node.find("{*}author"), "email"),
                "site": "",
                "body": of(node, "message"),
                "kind": NO_KIND,
                "status": "spam" if of(node, "isSpam") == "true" else status,
                "created_at": moment(of(node, "createdAt")),
            },
        )


def moment(text: str) -> datetime:
    """`2012-12-12 12:12:12` or `2012-12-12T12:12:12Z`, both UTC."""
    return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
