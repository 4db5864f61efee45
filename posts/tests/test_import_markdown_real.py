"""Real blogs, kept outside the repository, and counted independently in expected.json."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from posts.models import Post

DATA = Path(settings.BASE_DIR).parent / "shared" / "data"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not (DATA / "expected.json").exists(),
        reason="the sample blogs are not here (../shared/data)",
    ),
]


def imported(capsys, name: str, **options) -> dict:
    call_command("import_markdown", DATA / name, json=True, **options)
    return json.loads(capsys.readouterr().out)


def expected(name: str) -> dict:
    return json.loads((DATA / "expected.json").read_text())["entries"][name]


@pytest.mark.parametrize(
    "name",
    [
        "jekyll/18f",
        "hugo/scientific-python",
        "hugo/brandur-toml",
        "pelican/jakevdp",
        "markdown-plain/simonw-til",
    ],
)
def test_numbers_equal_the_independent_count(capsys, name):
    counts = expected(name)

    report = imported(capsys, name, dry_run=True)

    posts = report["posts"]
    assert {
        "published": posts["created"] - posts["drafts"] - posts["scheduled"],
        "drafts": posts["drafts"],
        "tags": report["tags"],
        "authors": report["authors"],
    } == {
        "published": counts["by_status"]["published"],
        "drafts": counts["by_status"].get("draft", 0),
        "tags": counts["tags_distinct_casefold"],
        "authors": counts["authors_distinct"],
    }


@pytest.mark.parametrize(
    "name",
    [
        "hugo/scientific-python",
        "hugo/brandur-toml",
        "pelican/jakevdp",
        "markdown-plain/simonw-til",
    ],
)
def test_pictures_equal_the_independent_count(capsys, name):
    references = expected(name)["image_refs"]

    report = imported(capsys, name, dry_run=True)

    assert report["images"] == {
        "imported": references["local_present"],
        "missing": references["local_missing"],
        "remote": references["remote"],
    }


def test_pictures_behind_liquid_addresses_are_found_where_a_plain_count_misses_them(capsys):
    references = expected("jekyll/18f")["image_refs"]

    images = imported(capsys, "jekyll/18f", dry_run=True)["images"]

    assert sum(images.values()) == sum(references.values())
    assert images["remote"] == references["remote"]
    # `{{ site.baseurl }}/assets/…` and `{{ "/assets/…" | url }}`: the files are there.
    assert images["imported"] == references["local_present"] + 23


def test_pelican_samples_leave_out_what_is_empty_skipped_or_no_markdown(capsys):
    report = imported(capsys, "pelican/getpelican-tests")

    reasons = {problem["file"]: problem["reason"] for problem in report["problems"]}
    assert reasons["content/empty.md"] == reasons["content/empty_with_bom.md"]
    assert "skip" in reasons["content/article_skip.md"]
    assert report["posts"] == {
        "created": 15, "updated": 0, "unchanged": 0, "skipped": 17, "drafts": 2, "scheduled": 0,
    }  # fmt: skip
    names = set(
        Post.objects.get(title="Test metadata duplicates").tags.values_list("name", flat=True)
    )
    assert names == {"test", "foo", "bar", "foobar"}


def test_second_import_of_a_real_blog_changes_nothing(capsys):
    first = imported(capsys, "pelican/jakevdp")

    second = imported(capsys, "pelican/jakevdp")

    assert (first["posts"]["created"], first["pages"]["created"]) == (66, 1)
    assert (second["posts"]["unchanged"], second["pages"]["unchanged"]) == (66, 1)
    assert second["images"] == first["images"]
    assert second["redirects"] == 0
