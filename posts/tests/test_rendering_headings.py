"""Headings, their ids, and the table of contents."""

import re
from pathlib import Path

import pytest

from posts.rendering import render_post

ID = re.compile(r'\bid="([\w-]+)"')  # those made by a form carry braces


def test_heading_gets_id_and_link():
    rendered = render_post("## Set *up*\n")

    assert rendered.html == (
        '<h2 id="set-up">Set <em>up</em> <a class="anchor" href="#set-up" '
        'aria-label="Link to this section"><span aria-hidden="true">#</span></a></h2>\n'
    )
    assert rendered.toc == [{"level": 2, "id": "set-up", "text": "Set up"}]


def test_heading_ids_are_unique():
    rendered = render_post("# A\n\n# A 2\n\n# A\n\n# A\n\n<p id=b></p>\n\n# B\n\n# !?\n")

    assert [entry["id"] for entry in rendered.toc] == ["a", "a-2", "a-3", "a-4", "b-2", "part"]


def test_heading_id_keeps_letters_of_every_script():
    rendered = render_post("# Größe & 中文 _x_\n\n# Ｆｕｌｌ Width\n")

    assert [entry["id"] for entry in rendered.toc] == ["größe-中文-x", "full-width"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Comments", "comments-2"),
        ("Main", "main-2"),
        ("id_email", "part-id-email-2"),
        ("constructor", "constructor-2"),
        ("Comment 5", "part-comment-5-2"),
        ("Series label", "series-label-2"),
    ],
)
def test_heading_never_takes_an_id_of_the_page(title, name):
    assert [entry["id"] for entry in render_post(f"## {title}\n").toc] == [name]


def test_every_id_of_the_templates_is_reserved():
    """But of pages that show no post: accounts, and the desk, whose preview is a page of its own."""
    folder = Path(__file__).parents[2] / "templates"
    templates = set(folder.rglob("*.html"))
    for room in ["admin", "account", "mfa", "usersessions", "socialaccount"]:
        templates -= set((folder / room).rglob("*.html"))
    written = {name for path in templates for name in ID.findall(path.read_text("utf-8"))}

    taken = {name for name in written if render_post(f"# x {{#{name}}}").toc[0]["id"] == name}

    assert "content" in written
    assert taken == set()


def test_heading_id_can_be_chosen():
    rendered = render_post("## Set up {#install}\n\n## Other {#main}\n")

    assert rendered.toc == [
        {"level": 2, "id": "install", "text": "Set up"},
        {"level": 2, "id": "other-main", "text": "Other {#main}"},
    ]


def test_contents_leave_out_footnote_marks_and_markup():
    rendered = render_post("## `code` & $x$[^1]\n\n[^1]: n\n")

    assert [entry["text"] for entry in rendered.toc] == ["code & x"]
