"""Files made to do harm: none keeps itself or another from being imported."""

import json

import pytest
from django.core.management import call_command

from posts.importers.markdown import import_folder
from posts.models import Post, Tag

pytestmark = pytest.mark.django_db


def test_picture_address_with_nul_is_a_missing_picture(tmp_path):
    (tmp_path / "2020-01-01-nul.md").write_text("---\ntitle: Nul\n---\n![x](a%00b.png)")

    report = import_folder(tmp_path)

    assert Post.objects.get().title == "Nul"
    assert report.as_json()["images"]["missing"] == 1


def test_characters_that_no_database_takes_are_left_out(tmp_path):
    unfit = "a\ud800\0b"
    head = {
        "title": unfit,
        "tags": [unfit],
        "authors": [unfit],
        "series": unfit,
        "slug": unfit,
        "summary": unfit,
        "cover": f"{unfit}.png",
        "aliases": [f"/{unfit}/"],
        "superseded_by": unfit,
    }
    # JSON spells them out, so the file itself is sound UTF-8.
    (tmp_path / "2020-01-01-odd.md").write_text(json.dumps(head) + "\nText.")

    import_folder(tmp_path)

    post = Post.objects.get()
    assert (post.title, post.slug, post.summary, post.series.title) == ("ab", "ab", "ab", "ab")
    assert (Tag.objects.get().name, post.author_list[0].name) == ("ab", "ab")


@pytest.mark.parametrize(
    "date", ["9999-12-31T23:59:59-14:00", "31 Dec 9999 23:59 EST", "0001-01-01T00:00:00+14:00"]
)
def test_date_at_the_end_of_time_is_not_understood(tmp_path, date):
    (tmp_path / "2020-01-01-end.md").write_text(f"---\ntitle: End\ndate: {date}\n---\nText.")

    report = import_folder(tmp_path)

    assert Post.objects.get().published_at.year == 2020
    assert date in report.problems[0]["reason"]


def test_report_spells_out_what_could_steer_a_terminal(tmp_path, capsys):
    (tmp_path / "2020-01-01-\x1b[2J\u202e.md").write_text("![x](\x1b]0;name\x07.png)")

    call_command("import_markdown", str(tmp_path))

    told = capsys.readouterr().out
    assert all(line.isprintable() for line in told.splitlines())
    assert "2020-01-01-\\x1b[2J\\u202e.md" in told
