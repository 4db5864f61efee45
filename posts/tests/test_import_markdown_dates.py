"""When an imported post was published, if it was."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from posts.importers.dates import parse_date
from posts.tests.importing import import_text, only_post

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2014-03-12T10:11:00-04:00", "2014-03-12T14:11:00"),
        ("2015-03-17 14:00:00 -4", "2015-03-17T18:00:00"),
        ("2012-08-08 18:50", "2012-08-08T18:50:00"),
        ("2016-07-01 10:00 America/New_York", "2016-07-01T14:00:00"),
        ("2016-07-01 10:00:00 EST", "2016-07-01T15:00:00"),
        ("2020-01-02T03:04:05.123456789Z", "2020-01-02T03:04:05"),
        ("2014-3-5", "2014-03-05T00:00:00"),
        ("2014/03/05 1:30 PM", "2014-03-05T13:30:00"),
        ("March 5, 2014", "2014-03-05T00:00:00"),
        ("5 Mar 2014", "2014-03-05T00:00:00"),
        ("Mar. 5th, 2014 at 8:05 pm", "2014-03-05T20:05:00"),
        ("Sunday, September 3, 2017", "2017-09-03T00:00:00"),
        ("Wed, 05 Mar 2014 10:00:00 +0200", "2014-03-05T08:00:00"),
        ("20140305", "2014-03-05T00:00:00"),
        ("05.03.2014", "2014-03-05T00:00:00"),
        ("03/25/2014", "2014-03-25T00:00:00"),
        ("25/03/2014", "2014-03-25T00:00:00"),
    ],
)
def test_date_is_read_in_many_ways_of_writing(text, moment):
    assert parse_date(text) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["03/04/2014", "soon", "2014-02-30", "0001-01-01", "2014-01-01 10:00 Mars/Base", "9" * 500],
)
def test_unclear_date_is_none(text):
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2019-04-05-a.md", "2019-04-05"),
        ("2024-12-5-a.md", "2024-12-05"),
        ("2019-04-05-a/index.md", "2019-04-05"),
        ("2019/04/05/a.md", "2019-04-05"),
        ("2019/04/a.md", "2019-04-01"),
    ],
)
def test_date_comes_from_the_path_where_the_file_gives_none(tmp_path, name, day):
    import_text(tmp_path, "Text.", name)

    assert (only_post().slug, f"{only_post().published_at:%Y-%m-%d}") == ("a", day)


def test_file_without_any_date_is_published_at_the_time_of_the_file_and_reported(tmp_path):
    report = import_text(tmp_path, "# Hello `you`\n\nText.")

    post = only_post()
    assert (post.title, post.body, post.status) == ("Hello you", "Text.\n", "published")
    assert timezone.now() - post.published_at < timedelta(minutes=5)
    assert [problem["file"] for problem in report.problems] == ["note.md"]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("draft: true", "a.md"),
        ("published: false", "a.md"),
        ("status: draft", "a.md"),
        ("status: hidden", "a.md"),
        ("expiryDate: 2020-01-01", "a.md"),
        ("title: A", "_drafts/a.md"),
        ("title: A", "drafts/a.md"),
        ("draft: true\ntitle: broken: colon", "a.md"),
        ("draft: true\ntitle: [unclosed", "a.md"),
    ],
)
def test_what_is_not_public_stays_a_draft(tmp_path, head, name):
    report = import_text(tmp_path, f"---\n{head}\ndate: 2019-01-01\n---\nText.", name)

    assert only_post().status == "draft"
    assert report.posts.drafts == 1


def test_future_date_is_scheduled(tmp_path):
    report = import_text(tmp_path, "---\ndate: 2018-01-01\npublishDate: 2090-01-01\n---\nText.")

    assert only_post().published_at.year == 2090
    assert report.posts.scheduled == 1


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2020-03-01", "2020-03-01 00:00"),  # the day is all that is known, and stays the day
        ("1 March 2020", "2020-03-01 00:00"),
        ("20200301", "2020-03-01 00:00"),
        ("2020-03-01T00:30", "2020-02-29 23:30"),
        ("2020-03-01 00:30:00", "2020-02-29 23:30"),
        ("20200301T003000", "2020-02-29 23:30"),
        ("1 March 2020 00:30", "2020-02-29 23:30"),
    ],
)
def test_zone_of_the_blog_is_for_times_and_not_for_days(text, moment):
    assert parse_date(text, ZoneInfo("Europe/Berlin")) == datetime.fromisoformat(moment).replace(
        tzinfo=UTC
    )
