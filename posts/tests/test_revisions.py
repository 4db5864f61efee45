"""What is kept of a text each time it is saved, and given back."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from posts import revisions
from posts.models import Page, Post, Revision, Tag
from posts.revisions import snapshots
from posts.tests.factories import make_page, make_post, make_series, make_tag, make_user
from posts.tests.pictures import picture_bytes, store

pytestmark = pytest.mark.django_db

Reason = Revision.Reason


def change(text, body, **how):
    text.body = body
    text.save()
    return revisions.keep(text, **how)


def numbers_and_bodies(text):
    return list(text.revisions.order_by("number").values_list("number", "body"))


def test_each_save_is_a_revision_with_its_words_counted():
    user = make_user()
    post = make_post(body="One two three.")

    first = revisions.keep(post, by=user)
    second = change(post, "One two four five.\n", by=user)

    assert (first.number, first.words_added, first.words_removed) == (1, 3, 0)
    assert (second.number, second.words_added, second.words_removed) == (2, 2, 1)
    assert (second.saved_by, second.reason) == (user, Reason.SAVED)
    assert numbers_and_bodies(post) == [(1, "One two three."), (2, "One two four five.\n")]
    assert (post.revision_number, Post.objects.get().revision_number) == (2, 2)


def test_page_has_revisions_of_its_own():
    page = make_page(body="One.")
    revisions.keep(page)

    revision = change(page, "Two.")

    assert (revision.text, revision.post, revision.number) == (page, None, 2)
    assert Page.objects.get().revision_number == 2


def test_same_text_makes_none_unless_it_is_named_or_a_correction():
    post = make_post()
    revisions.keep(post)

    same = revisions.keep(post)
    named = revisions.keep(post, milestone="As printed")
    corrected = revisions.keep(post, correction="The year was wrong.")

    assert (same, named.number, corrected.number) == (None, 2, 3)


def test_change_of_tags_or_authors_alone_is_a_revision():
    post = make_post()
    revisions.keep(post)

    post.tags.add(make_tag("New"))
    tagged = revisions.keep(post)
    post.bylines.create(user=make_user(), position=5)
    signed = revisions.keep(post)

    assert (tagged.number, signed.number) == (2, 3)


def test_older_text_is_kept_as_it_was_before_its_first_change():
    post = make_post(body="Old.")
    Post.objects.update(modified_at=datetime(2020, 1, 2, tzinfo=UTC))

    found = revisions.remember_found(post.pk, Post)
    change(post, "New.")

    assert (found.reason, found.saved_by) == (Reason.FOUND, None)
    assert (found.saved_at, found.words_added) == (datetime(2020, 1, 2, tzinfo=UTC), 0)
    assert numbers_and_bodies(post) == [(1, "Old."), (2, "New.")]


def test_what_something_else_has_stored_is_kept_before_a_change():
    post = make_post(body="Known.")
    revisions.keep(post)
    Post.objects.update(body="Found.")

    again = [revisions.remember_found(post.pk, Post) for _each in range(2)]

    assert [each and each.number for each in again] == [2, None]
    assert numbers_and_bodies(post) == [(1, "Known."), (2, "Found.")]


def test_nothing_is_found_of_a_text_that_is_gone():
    assert revisions.remember_found(404, Post) is None


def test_number_goes_on_where_an_older_copy_of_the_text_was_saved():
    post = make_post(body="1")
    older = Post.objects.get()
    revisions.keep(post)
    change(post, "2")
    older.save()

    revision = change(older, "3")

    assert revision.number == 3
    assert Post.objects.get().revision_number == 3


def test_text_that_was_not_saved_leaves_no_revision():
    post = make_post(body="Old.")

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        change(post, "New.")
        raise ZeroDivisionError

    assert numbers_and_bodies(post) == []


def test_purged_text_takes_its_revisions_along():
    post = make_post()
    revisions.keep(post)

    post.delete()

    assert not Revision.objects.exists()


# --- Snapshots ----------------------------------------------------------------------


def full_post():
    image, other = store(picture_bytes()), make_post()
    return make_post(
        authors=[make_user(), make_user()],
        tags=[make_tag(), make_tag()],
        title="Título",
        summary="Two *sentences*.",
        body="  Body\r\n\r\n\ttabs \u2028 and 👩🏽‍💻\n\n",
        language="zh-Hans",
        updated_at=datetime(2021, 5, 4, 3, 2, 1, 654321, tzinfo=UTC),
        series=make_series(),
        series_part=3,
        cover=image,
        cover_alt="Hills",
        comments_open=False,
        canonical_url="https://example.org/there/",
        evergreen=True,
        noindex=True,
        reviewed_at=datetime(2022, 1, 2, tzinfo=UTC).date(),
        tested_with="Python 3.14",
        superseded_by=other,
    )


def test_all_fields_go_out_and_come_back():
    post = full_post()
    fields, body = revisions.keep(post).fields, post.body
    authors, tags = post.author_list, set(post.tags.all())
    blank = make_post(title="", body="", published_at=None)

    left_out = snapshots.apply(blank, fields | {"slug": blank.slug}, body)

    blank = Post.objects.get(pk=blank.pk)
    assert left_out == []
    assert snapshots.snapshot(blank) == fields | {"slug": blank.slug}
    assert (blank.body, blank.author_list, set(blank.tags.all())) == (body, authors, tags)
    assert blank.body_html == post.body_html


def test_snapshot_holds_every_field_that_the_desk_can_set():
    shown = {field.name for field in Post._meta.get_fields() if getattr(field, "editable", False)}

    held = set(snapshots.snapshot(full_post()))

    assert shown - held == {"id", "body"}


def test_moment_reads_the_same_in_every_zone():
    moment = datetime.fromisoformat("2026-03-01T12:00:00+05:30")
    post = make_post(published_at=moment)
    stored = snapshots.snapshot(Post.objects.get())

    assert snapshots.snapshot(post) == stored
    assert stored["published_at"] == "2026-03-01T06:30:00+00:00"


def test_what_was_removed_meanwhile_is_left_out_and_told():
    post = full_post()
    fields = snapshots.snapshot(post)
    Tag.objects.filter(pk=fields["tags"][0]).delete()
    post.series.delete()
    fields["authors"].append(404)
    fields["language"] = "x" * 99
    fields["unheard_of"] = 1
    post.refresh_from_db()

    left_out = snapshots.apply(post, fields, "Body.")

    assert left_out == ["language", "series", "tags", "authors"]
    assert (post.language, post.series, post.tags.count()) == ("zh-Hans", None, 1)
    assert len(post.author_list) == 2


def test_authors_stay_where_none_of_the_former_ones_is_left():
    post = make_post()
    authors = post.author_list

    left_out = snapshots.apply(post, {"authors": [404, 405]}, post.body)

    assert (left_out, Post.objects.get().author_list) == (["authors"], authors)


def test_field_that_is_newer_than_the_snapshot_had_its_default():
    old = {"title": "One"}

    assert snapshots.differences(Post, old, {"title": "One", "evergreen": False}) == []
    assert snapshots.differences(Post, old, {"title": "Two", "evergreen": True}) == [
        "title",
        "evergreen",
    ]
