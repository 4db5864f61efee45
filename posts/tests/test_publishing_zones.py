"""Moments at the desk, in the zone of whoever types them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from posts.models import Post
from posts.publishing import zones
from posts.tests.factories import make_page, make_post
from posts.tests.writing import address, edit, errors_of, fields_of, write

pytestmark = pytest.mark.django_db

BERLIN, NEW_YORK, LORD_HOWE = "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"


@pytest.fixture
def living_in(desk, editor):
    def move(zone):
        editor.time_zone = zone
        editor.save()

    return move


def schedule(desk, day, time):
    return write(desk, title="Soon", published_at_0=day, published_at_1=time)


# --- What clocks show -------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "clock", "utc"),
    [
        (BERLIN, "2099-07-01 12:00", "2099-07-01 10:00"),
        (BERLIN, "2099-12-31 00:30", "2099-12-30 23:30"),
        (NEW_YORK, "2099-01-01 00:00", "2099-01-01 05:00"),
        (LORD_HOWE, "2099-01-01 12:00", "2099-01-01 01:00"),
        ("", "2099-01-01 12:00", "2099-01-01 12:00"),
        ("Mars/Olympus", "2099-01-01 12:00", "2099-01-01 12:00"),
    ],
)
def test_typed_time_is_the_editors_own(desk, living_in, zone, clock, utc):
    living_in(zone)

    schedule(desk, *clock.split())

    assert f"{Post.objects.get().published_at:%Y-%m-%d %H:%M}" == utc


@pytest.mark.parametrize(
    ("zone", "day", "time", "next_valid"),
    [
        (BERLIN, "2026-03-29", "02:30", "2026-03-29 03:00"),
        (BERLIN, "2026-03-29", "02:00", "2026-03-29 03:00"),
        (NEW_YORK, "2026-03-08", "02:59:59", "2026-03-08 03:00"),
        (LORD_HOWE, "2026-10-04", "02:10", "2026-10-04 02:30"),  # half an hour
        ("Pacific/Apia", "2011-12-30", "12:00", "2011-12-31 00:00"),  # a whole day
    ],
)
def test_skipped_time_is_refused_and_the_next_one_named(
    desk, living_in, zone, day, time, next_valid
):
    living_in(zone)

    [said] = errors_of(schedule(desk, day, time))["published_at"]

    assert said == (
        f"On that day the clocks of {zone} skip {time[:5]}. The next time there is: {next_valid}."
    )
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    ("zone", "day", "time", "first"),
    [
        (BERLIN, "2026-10-25", "02:30", "2026-10-25 00:30"),
        (NEW_YORK, "2026-11-01", "01:00", "2026-11-01 05:00"),
        (LORD_HOWE, "2026-04-05", "01:45", "2026-04-04 14:45"),
    ],
)
def test_time_that_comes_twice_is_the_first_and_says_so(desk, living_in, zone, day, time, first):
    living_in(zone)

    schedule(desk, day, time)

    post = Post.objects.get()
    assert f"{post.published_at:%Y-%m-%d %H:%M}" == first
    assert "that time comes twice that day" in desk.get(address("change", post.pk)).content.decode()


@pytest.mark.parametrize(("day", "time"), [("9999-12-31", "23:30"), ("0001-01-01", "00:10")])
@pytest.mark.parametrize("zone", [NEW_YORK, BERLIN, ""])
def test_ends_of_the_calendar_are_kept_or_refused(desk, living_in, zone, day, time):
    living_in(zone)

    response = schedule(desk, day, time)

    if response.status_code == 200:
        assert errors_of(response) == {
            "published_at": ["The calendar ends before that. Choose another year."]
        }
    else:
        again = fields_of(desk.get(response.url))
        assert (again["published_at_0"].isoformat(), f"{again['published_at_1']:%H:%M}") == (
            day,
            time,
        )


def test_half_a_moment_is_refused_and_none_means_a_draft(desk, living_in):
    living_in(BERLIN)

    assert errors_of(schedule(desk, "2099-01-01", "")) == {"published_at": ["Enter a valid time."]}
    assert errors_of(schedule(desk, "", "12:00")) == {"published_at": ["Enter a valid date."]}
    schedule(desk, "", "")

    assert Post.objects.get().status == "draft"


# --- There and back ---------------------------------------------------------------

MOMENTS = [
    datetime(2020, 1, 2, 3, 4, 5, 678901, tzinfo=UTC),
    datetime(2025, 10, 26, 0, 30, tzinfo=UTC),  # 02:30 in Berlin, the first time
    datetime(2025, 10, 26, 1, 30, 59, 1, tzinfo=UTC),  # and again
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
]


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK, LORD_HOWE, ""])
def test_saving_unchanged_moves_no_moment(desk, living_in, zone, moment):
    living_in(zone)
    post = make_post(published_at=moment, updated_at=moment)
    page = make_page(published_at=moment, updated_at=moment)

    for thing in (post, page):
        edit(desk, thing, title="Changed")
        thing.refresh_from_db()

    assert (post.title, post.published_at, post.updated_at) == ("Changed", moment, moment)
    assert (page.title, page.published_at, page.updated_at) == ("Changed", moment, moment)


def test_form_names_the_zone_and_says_what_it_is_in_utc(desk, living_in):
    living_in(BERLIN)
    post = make_post(published_at=datetime(2026, 7, 1, 22, 15, tzinfo=UTC))

    html = desk.get(address("change", post.pk)).content.decode()

    assert 'aria-label="Time (Europe/Berlin)"' in html
    assert 'value="2026-07-02"' in html
    assert 'value="00:15:00"' in html
    assert "= 2026-07-01 22:15 UTC" in html


def test_moment_is_said_in_both_zones():
    moment = datetime(2026, 7, 1, 22, 15, tzinfo=UTC)

    assert zones.said(moment, UTC) == "2026-07-01 22:15 UTC"
    assert zones.said(moment, ZoneInfo(LORD_HOWE)) == (
        "2026-07-02 08:45 (Australia/Lord_Howe, 2026-07-01 22:15 UTC)"
    )
    assert zones.said(moment, ZoneInfo("Europe/London")) == (
        "2026-07-01 23:15 (Europe/London, 22:15 UTC)"
    )
