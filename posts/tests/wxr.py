"""Exports of WordPress made for a test."""

from pathlib import Path

from posts.importers.archives.records import Skipped, Text
from posts.importers.wordpress.archive import open_archive

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Old site</title><link>https://old.example</link><language>en-GB</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example/blog</wp:base_blog_url>
"""
TAIL = "</channel></rss>\n"


def item(inner: str = "", number: str = "1", **fields: str) -> str:
    """One post; `fields` are elements by their names after "wp:", put in place of the usual."""
    usual = {
        "post_id": number,
        "post_type": "post",
        "status": "publish",
        "post_name": f"text-{number}",
        "post_date": "2020-07-01 14:00:00",
        "post_date_gmt": "2020-07-01 12:00:00",
    }
    elements = "".join(f"<wp:{k}>{v}</wp:{k}>" for k, v in (usual | fields).items())
    return f"<item><link>https://old.example/blog/text-{number}/</link>{elements}{inner}</item>\n"


def meta(key: str, value: str) -> str:
    return (
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key>"
        f"<wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
    )


def remark(number: str, inner: str = "") -> str:
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id>"
        "<wp:comment_date_gmt>2020-07-02 12:00:00</wp:comment_date_gmt>"
        f"<wp:comment_content>Hello</wp:comment_content>{inner}</wp:comment>"
    )


def body(text: str) -> str:
    return f"<content:encoded><![CDATA[{text}]]></content:encoded>"


def export(*items: str, head: str = HEAD, tail: str = TAIL) -> str:
    return head + "".join(items) + tail


def read(tmp_path: Path, content: str | bytes, **options) -> list[Text | Skipped]:
    path = tmp_path / "export.xml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(open_archive(path, **options).texts())
