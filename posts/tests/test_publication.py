"""What is public, what is kept, what is computed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from posts.models import Image, Page, Post, Tag
from posts.tests.factories import (
    an_hour_ago,
    in_an_hour,
    make_page,
    make_post,
    make_series,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [make_post, make_page])
def test_published_holds_exactly_what_is_dated_and_due(make):
    published = make(published_at=an_hour_ago())
    make(published_at=None)
    make(published_at=in_an_hour())
    make(published_at=an_hour_ago(), deleted_at=timezone.now())

    assert list(type(published).objects.published()) == [published]


def test_scheduled_post_is_public_when_its_time_has_come(client, monkeypatch):
    noon = datetime(2031, 1, 15, 12, tzinfo=UTC)
    post = make_post(published_at=noon)

    monkeypatch.setattr(timezone, "now", lambda: noon - timedelta(seconds=1))
    before = client.get(post.get_absolute_url()).status_code
    monkeypatch.setattr(timezone, "now", lambda: noon)
    after = client.get(post.get_absolute_url()).status_code

    assert (before, after) == (404, 200)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"published_at": None}, "draft"),
        ({"published_at": an_hour_ago()}, "published"),
        ({"published_at": datetime(2100, 1, 1, tzinfo=UTC)}, "scheduled"),
        ({"published_at": an_hour_ago(), "deleted_at": timezone.now()}, "trashed"),
    ],
)
def test_status_is_said_in_one_word(fields, status):
    assert make_post(**fields).status == status


def test_body_is_stored_byte_for_byte():
    body = "\n\n  leading, \ttabs,  trailing  \r\nCRLF, \u200fRTL, é vs e\u0301, 🦊  \n\n"

    post = make_post(body=body)

    assert Post.objects.get(pk=post.pk).body == body


def test_guid_is_a_tag_uri_and_never_changes():
    post = make_post(slug="first")
    guid = post.guid

    post.slug = "second"
    post.published_at = None
    post.save()

    post.refresh_from_db()
    assert post.guid == guid
    assert guid.startswith("tag:testserver,")


def test_visible_to_shows_authors_their_own_drafts_only():
    author, other = make_user(), make_user()
    own = make_post(authors=[author], published_at=None)
    make_post(authors=[other], published_at=None)
    published = make_post(authors=[author, other])

    assert set(Post.objects.visible_to(author)) == {own, published}


def test_visible_to_shows_editors_everything_but_the_trash():
    editor = make_user(is_superuser=True)
    draft = make_post(published_at=None)
    make_post(deleted_at=timezone.now())

    assert list(Post.objects.visible_to(editor)) == [draft]


def test_authors_keep_their_order():
    second, first = make_user(display_name="Zoe"), make_user(display_name="Adam")

    post = make_post(authors=[second, first])

    assert post.author_list == [second, first]


@pytest.mark.parametrize(
    ("fields", "excerpt"),
    [
        ({"summary": "A *short* one."}, "<p>A <em>short</em> one.</p>"),
        ({"body": "Before.\n\n<!--more-->\n\nAfter."}, "<p>Before.</p>"),
        ({"body": "## Heading\n\nFirst.\n\nSecond."}, "<p>First.</p>"),
        ({"body": ""}, ""),
    ],
)
def test_excerpt_comes_from_summary_or_marker_or_first_paragraph(fields, excerpt):
    assert make_post(**fields).excerpt_html.strip() == excerpt


def test_description_is_one_short_line_of_whole_words():
    post = make_post(body="Wonderful words " * 50)

    assert len(post.description) <= 161
    assert post.description.endswith("words…")


def test_description_of_an_endless_word_is_cut():
    post = make_post(body="x" * 5000)

    assert post.description == "x" * 160 + "…"


def test_post_without_a_title_is_named_by_its_text():
    assert str(make_post(title="", body="Only a remark.")) == "Only a remark."


@pytest.mark.parametrize(("words", "minutes"), [(1, 1), (238, 1), (2380, 10)])
def test_reading_minutes_follow_the_number_of_words(words, minutes):
    assert make_post(body="word " * words).reading_minutes == minutes


@pytest.mark.parametrize(
    ("fields", "stale"),
    [
        ({}, True),
        ({"evergreen": True}, False),
        ({"reviewed_at": timezone.now().date()}, False),
        ({"updated_at": timezone.now()}, False),
    ],
)
def test_old_post_is_stale_unless_somebody_looked_after_it(fields, stale):
    post = make_post(published_at=timezone.now() - timedelta(days=4000), **fields)

    assert post.is_stale(36) is stale
    assert post.is_stale(0) is False


def test_tag_names_differ_by_more_than_case():
    make_tag("Django")

    with pytest.raises(IntegrityError):
        Tag.objects.create(name="DJANGO", slug="other")


def test_neighbours_are_told_apart_when_published_at_the_same_moment():
    moment = an_hour_ago()
    first, second, third = (make_post(published_at=moment) for _ in range(3))

    assert Post.objects.published().after(second).first() == third
    assert Post.objects.published().before(second).first() == first


def test_related_posts_share_the_most_tags():
    one, two = make_tag("one"), make_tag("two")
    post = make_post(tags=[one, two])
    loose = make_post(tags=[one])
    close = make_post(tags=[one, two])
    make_post(tags=[make_tag("three")])

    assert list(Post.objects.published().related_to(post)) == [close, loose]


@pytest.mark.parametrize("slug", ["admin", "tags", "archive", "feed", "search", "2024", "media"])
def test_page_cannot_take_an_address_of_the_site(slug):
    page = Page(title="A page", slug=slug, body="Text")

    with pytest.raises(Exception, match="choose another slug"):
        page.full_clean()


def test_page_may_take_any_other_word():
    Page(title="Über", slug="über-uns", body="Text").full_clean()


def test_related_posts_are_not_of_the_same_series():
    tag, series = make_tag(), make_series()
    post = make_post(tags=[tag], series=series)
    make_post(tags=[tag], series=series)
    other = make_post(tags=[tag], series=make_series())
    alone = make_post(tags=[tag])

    assert set(Post.objects.published().related_to(post)) == {other, alone}


def make_image(**fields):
    return Image.objects.create(
        **{"file": "images/a.png", "width": 800, "height": 600, "digest": "a"} | fields
    )


def test_lead_image_is_the_first_of_the_text_and_described_as_there():
    image = make_image(alt="In the library")

    post = make_post(
        body="![Elsewhere](https://x.example/y.png)\n\n![A *red* door](/media/images/a.png)"
    )

    assert (post.lead_image, post.lead_alt) == (image, "A red door")


def test_cover_leads_whatever_the_text_shows():
    make_image()
    cover = make_image(file="images/b.png", digest="b", alt="In the library")
    body = "![In the text](/media/images/a.png)"

    described = make_post(body=body, cover=cover, cover_alt="On the cover")
    undescribed = make_post(body=body, cover=cover)

    assert (described.lead_image, described.lead_alt) == (cover, "On the cover")
    assert undescribed.lead_alt == "In the library"


def test_post_without_known_pictures_has_no_lead():
    post = make_post(body="![Elsewhere](https://x.example/y.png)")

    assert (post.lead_image, post.lead_alt) == (None, "")
