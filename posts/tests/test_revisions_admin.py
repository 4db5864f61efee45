"""Revisions at the desk: each save is one; listed, compared, named, brought back."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts import roles
from blogsite.audit.models import Event
from posts import revisions, trash
from posts.models import Post, Revision
from posts.tests.factories import in_an_hour, make_page, make_post, make_tag, make_user
from posts.tests.writing import address, edit, errors_of, write

pytestmark = pytest.mark.django_db


def bodies(text):
    return list(text.revisions.order_by("number").values_list("number", "reason", "body"))


def with_revisions(text, *texts, by=None):
    """`text` once saved with each of the bodies `texts`."""
    for body in texts:
        text.body = body
        text.save()
        revisions.keep(text, by=by)
    return text


def page_of(desk, name, text, **query):
    return desk.get(address(name, text.pk, model=text._meta.model_name), query)


# --- Saving -------------------------------------------------------------------------


def test_each_save_at_the_desk_is_a_revision(desk, editor):
    write(desk, title="Bees", body="One.")
    post = Post.objects.get()
    edit(desk, post, body="One two.")
    edit(desk, post, tag_names="Hives")

    assert bodies(post) == [
        (1, "saved", "One."),
        (2, "saved", "One two."),
        (3, "saved", "One two."),
    ]
    assert {each.saved_by for each in post.revisions.all()} == {editor}
    assert Post.objects.get().revision_number == 3


def test_save_that_changes_nothing_makes_none(desk):
    older, kept = make_post(), with_revisions(make_post(), "Body.")

    edit(desk, older)
    edit(desk, kept)

    assert (older.revisions.count(), kept.revisions.count()) == (0, 1)


def test_first_change_of_an_older_text_keeps_what_was_there(desk):
    page = make_page(body="Before.")

    edit(desk, page, body="After.")

    assert bodies(page) == [(1, "found", "Before."), (2, "saved", "After.")]


def test_refused_save_leaves_no_revision(desk):
    post = make_post()

    response = edit(desk, post, body="New.", language="x" * 99)

    assert errors_of(response)
    assert not Revision.objects.exists()


def test_saving_what_two_have_written_says_so(desk):
    post = with_revisions(make_post(), "Mine.")

    edit(desk, post, body="Both.", merged_from=str(uuid4()))

    assert bodies(post)[1:] == [(2, "merged", "Both.")]


def test_publishing_is_a_revision(desk):
    post = with_revisions(make_post(published_at=None), "Body.")

    edit(desk, post, button="_publish")

    assert post.revisions.count() == 2


# --- The list -----------------------------------------------------------------------


def test_list_says_who_when_how_much_and_which_fields(desk):
    ada = make_user(display_name="Ada")
    post = with_revisions(make_post(published_at=None), "One two.", by=ada)
    post.title, post.body = "Wasps", "One three four."
    post.save()
    second = revisions.keep(post, by=ada, milestone="As sent")
    Revision.objects.update(saved_at=datetime(2026, 3, 4, 5, 6, tzinfo=UTC))

    response = page_of(desk, "revisions", post)

    shown = " ".join(response.content.decode().split())
    first = shown[shown.index('id="revision-2"') : shown.index('id="revision-1"')]
    assert [each.number for each in response.context["revisions"]] == [2, 1]
    assert '<time datetime="2026-03-04T05:06:00Z">2026-03-04 05:06 UTC</time> by Ada' in first
    assert "As sent" in first
    assert '<span class="revision-fields">title</span>' in first
    assert (second.words_added, second.words_removed) == (2, 1)
    assert "2 words added" in first
    assert "1 word removed" in first


def test_list_calls_people_by_todays_name_or_says_that_they_left(desk):
    gone, here = make_user(display_name="Gone"), make_user(display_name="Bea")
    post = with_revisions(make_post(), "1", by=gone)
    with_revisions(post, "2", by=here)
    gone.delete()
    type(here).objects.filter(pk=here.pk).update(display_name="Beatrice")

    shown = page_of(desk, "revisions", post).content.decode()

    assert "by Beatrice" in shown
    assert shown.count("by somebody who left") == 1


def test_list_comes_in_pages_at_the_same_number_of_queries(
    desk, django_assert_num_queries, django_assert_max_num_queries
):
    few = with_revisions(make_post(), "1", "2", "3")
    many = make_post()
    with_revisions(many, *(str(number) for number in range(120)))
    page_of(desk, "revisions", few)

    with django_assert_max_num_queries(20) as counted:
        page_of(desk, "revisions", few)
    with django_assert_num_queries(len(counted)):
        response = page_of(desk, "revisions", many)
    last = page_of(desk, "revisions", many, page=3)

    assert [each.number for each in response.context["revisions"]] == list(range(120, 70, -1))
    assert [each.number for each in last.context["revisions"]] == list(range(20, 0, -1))
    assert page_of(desk, "revisions", many, page=4).status_code == 404


def test_writing_page_shows_the_latest_in_as_many_queries_as_ever(
    desk, django_assert_num_queries, django_assert_max_num_queries
):
    few, many = with_revisions(make_post(), "1"), make_post()
    with_revisions(many, *(str(number) for number in range(30)))
    page_of(desk, "change", few)

    with django_assert_max_num_queries(60) as counted:
        page_of(desk, "change", few)
    with django_assert_num_queries(len(counted)):
        response = page_of(desk, "change", many)

    assert [each.number for each in response.context["latest_revisions"]] == [30, 29, 28, 27, 26]


def test_text_without_revisions_says_so(desk):
    shown = page_of(desk, "revisions", make_post()).content.decode()

    assert "No revisions yet." in shown


# --- Comparing ----------------------------------------------------------------------


def test_comparison_marks_words_and_fields(desk):
    post = make_post(title="Bees", tags=[make_tag("Hives")], published_at=None)
    with_revisions(post, "Kept.\n\nOne two three.\n")
    post.title = "Wasps & <b>"
    post.tags.add(make_tag("Nests"))
    with_revisions(post, "Kept.\n\nOne four three.\n")

    response = page_of(desk, "compare", post, **{"from": 1, "to": 2})

    comparison = response.context["comparison"]
    found = {each.label: words(each.change) for each in comparison.fields}
    changed = [words(block) for block in comparison.blocks if block.is_change]
    assert changed == [("One [two] three.\n", "One [four] three.\n")]
    assert found == {"title": ("[Bees]", "[Wasps & <b>]"), "tags": ("Hives", "Hives[, Nests]")}
    assert "Wasps &amp; &lt;b&gt;" in response.content.decode()


def words(change):
    """Both sides as text, what changed in brackets."""
    return tuple(
        "".join(f"[{piece.text}]" if piece.is_change else piece.text for piece in side)
        for side in (change.left, change.right)
    )


def test_comparison_takes_any_order_and_refuses_nonsense(desk):
    post = with_revisions(make_post(), "1", "2", "3")

    assert page_of(desk, "compare", post, **{"from": 3, "to": 1}).context["old"].number == 1
    for query in ({}, {"from": "x", "to": 1}, {"from": 1, "to": 99}, {"from": 1, "to": 10**30}):
        assert page_of(desk, "compare", post, **query).status_code == 404


def test_comparison_folds_what_did_not_change(desk):
    lines = [f"Line {number}.\n" for number in range(40)]
    post = with_revisions(make_post(), "".join(lines))
    lines[20] = "Changed.\n"
    with_revisions(post, "".join(lines))

    blocks = page_of(desk, "compare", post, **{"from": 1, "to": 2}).context["comparison"].blocks

    assert [block.is_change for block in blocks] == [False, True, False]
    assert (blocks[0].folded_lines, blocks[0].below) == (18, "Line 18.\nLine 19.\n")
    assert (blocks[2].above, blocks[2].folded_lines) == ("Line 21.\nLine 22.\n", 17)
    assert blocks[0].above + blocks[0].folded + blocks[0].below == "".join(lines[:20])


def test_blanks_that_changed_can_be_seen(desk):
    post = with_revisions(make_post(), "One two\n", "One  two\r\n")

    comparison = page_of(desk, "compare", post, **{"from": 1, "to": 2}).context["comparison"]

    assert words(comparison.blocks[0]) == ("One[·]two\n", "One[··]two[␍]\n")


def test_what_was_removed_since_is_named_so(desk):
    tag, other = make_tag("Gone"), make_post(title="Secret", published_at=None)
    post = with_revisions(make_post(), "1")
    post.tags.add(tag)
    post.superseded_by = other
    with_revisions(post, "1")
    key = tag.pk
    tag.delete()

    comparison = page_of(desk, "compare", post, **{"from": 1, "to": 2}).context["comparison"]

    assert {each.label: words(each.change)[1] for each in comparison.fields} == {
        "superseded by": f"[a post that is not public (no. {other.pk})]",
        "tags": f"[removed since (no. {key})]",
    }


# --- Taking out ---------------------------------------------------------------------


def test_revision_is_downloaded_byte_for_byte(desk):
    body = "  One\r\n\ttwo \u2028 👩🏽‍💻\n\n"
    post = with_revisions(make_post(slug="bees"), body, "Other.")

    response = desk.get(address("revision_markdown", post.pk, 1))

    assert response.content == body.encode()
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="bees-1.md"'
    assert "no-store" in response["Cache-Control"]
    assert desk.get(address("revision_markdown", post.pk, 9)).status_code == 404


# --- Restoring ----------------------------------------------------------------------


def restore(desk, text, number, based_on=None):
    data = {"number": number, "based_on": text.revision_number if based_on is None else based_on}
    return desk.post(address("restore_revision", text.pk, model=text._meta.model_name), data)


def test_restoring_makes_a_new_revision_of_text_and_fields(desk, editor):
    post = make_post(title="Bees", summary="Old.", tags=[make_tag("Hives")], slug="bees")
    with_revisions(post, "Old *body*.")
    post.title, post.summary, post.slug = "Wasps", "", "wasps"
    post.tags.clear()
    with_revisions(post, "New body.")

    response = restore(desk, post, 1)

    back = Post.objects.get()
    newest = back.revisions.first()
    assert response.url == address("change", post.pk)
    assert (back.title, back.summary, back.body) == ("Bees", "Old.", "Old *body*.")
    assert back.body_html == "<p>Old <em>body</em>.</p>\n"
    assert [tag.name for tag in back.tags.all()] == ["Hives"]
    assert back.slug == "wasps"
    assert (newest.number, newest.reason, newest.restored_from) == (3, "restored", 1)
    assert newest.saved_by == editor
    assert [body for _n, _r, body in bodies(back)] == ["Old *body*.", "New body.", "Old *body*."]
    assert Event.objects.filter(verb="posts.post_revision_restored").count() == 1


@pytest.mark.parametrize("was", [None, timezone.now() - timedelta(days=9), in_an_hour()])
@pytest.mark.parametrize("now", [None, timezone.now() - timedelta(days=1), in_an_hour()])
def test_restoring_neither_publishes_nor_hides(desk, was, now):
    post = with_revisions(make_post(published_at=was, comments_open=True), "1")
    Post.objects.update(published_at=now, comments_open=False, noindex=True)
    post.refresh_from_db()
    with_revisions(post, "2")

    restore(desk, post, 1)

    post.refresh_from_db()
    assert (post.body, post.published_at, post.comments_open, post.noindex) == (
        "1",
        now,
        False,
        True,
    )


def test_question_before_restoring_shows_what_would_change_and_what_not(desk):
    post = with_revisions(make_post(title="Bees", slug="bees"), "Old.")
    post.title, post.slug = "Wasps", "wasps"
    with_revisions(post, "New.")

    response = page_of(desk, "restore_revision", post, number=1)

    comparison = response.context["comparison"]
    assert [each.label for each in comparison.fields] == ["title"]
    assert response.context["staying"] == ["slug"]
    assert Post.objects.get().body == "New."


def test_restoring_over_a_newer_save_is_refused(desk):
    post = with_revisions(make_post(), "1", "2")
    with_revisions(post, "3")

    response = restore(desk, post, 1, based_on=2)

    assert response.status_code == 409
    assert "Somebody saved this text meanwhile" in response.content.decode()
    assert Post.objects.get().body == "3"
    assert 'name="based_on" value="3"' in response.content.decode()


def test_restoring_what_is_there_makes_nothing(desk):
    post = with_revisions(make_post(), "1", "2", "1")

    restore(desk, post, 1)

    assert post.revisions.count() == 3


def test_restoring_keeps_what_something_else_had_stored(desk):
    post = with_revisions(make_post(), "1", "2")
    Post.objects.update(body="Nobody kept me.")

    restore(desk, post, 1)

    assert [body for _n, _r, body in bodies(post)] == ["1", "2", "Nobody kept me.", "1"]


def test_page_is_restored_as_well(desk):
    page = with_revisions(make_page(), "1", "2")

    restore(desk, page, 1)

    page.refresh_from_db()
    assert (page.body, page.revision_number) == ("1", 3)


# --- Naming -------------------------------------------------------------------------


def test_revision_gets_a_name_and_loses_it(desk):
    post = with_revisions(make_post(), "1", "2")

    desk.post(address("name_revision", post.pk), {"number": 1, "milestone": "  As   sent "})
    named = list(post.revisions.values_list("number", "milestone"))
    desk.post(address("name_revision", post.pk), {"number": 1, "milestone": ""})

    assert named == [(2, ""), (1, "As sent")]
    assert not post.revisions.exclude(milestone="").exists()


@pytest.mark.parametrize("data", [{}, {"number": 1, "milestone": "x" * 101}, {"number": "1\0"}])
def test_name_that_no_page_sends_is_refused(desk, data):
    post = with_revisions(make_post(), "1")

    assert desk.post(address("name_revision", post.pk), data).status_code == 404


# --- Rights -------------------------------------------------------------------------


@pytest.fixture
def author(client):
    author = make_user(display_name="Author")
    roles.give(author, roles.AUTHOR)
    client.force_login(author)
    return author


def looks_at(client, post):
    pages = [
        address("revisions", post.pk),
        address("compare", post.pk) + "?from=1&to=2",
        address("revision_markdown", post.pk, 1),
    ]
    return {client.get(page).status_code for page in pages}


def test_author_sees_revisions_of_own_posts_and_restores_own_drafts(client, author):
    draft = with_revisions(make_post(authors=[author], published_at=None), "1", "2")
    public = with_revisions(make_post(authors=[author]), "1", "2")
    strange = with_revisions(make_post(published_at=None), "1", "2")

    assert [looks_at(client, post) for post in (draft, public, strange)] == [{200}, {200}, {404}]
    assert [restore(client, post, 1).status_code for post in (draft, public, strange)] == [
        302,
        403,
        404,
    ]
    names = {"number": 1, "milestone": "Mine"}
    assert client.post(address("name_revision", public.pk), names).status_code == 403
    assert [Post.objects.get(pk=each.pk).body for each in (draft, public)] == ["1", "2"]


def test_author_brings_back_no_more_than_their_form_could_set(client, author):
    post = make_post(authors=[author, make_user()], published_at=None, tested_with="Python 3.9")
    with_revisions(post, "1")
    post.bylines.exclude(user=author).delete()
    post.tested_with = ""
    with_revisions(post, "2")

    restore(client, post, 1)

    post = Post.objects.get()
    assert (post.body, post.author_list, post.tested_with) == ("1", [author], "")


def test_text_in_the_trash_shows_its_revisions_and_restores_none(desk):
    post = with_revisions(make_post(), "1", "2")
    trash.move_to_trash(post, by=None)

    assert looks_at(desk, post) == {200}
    assert restore(desk, post, 1).status_code == 403
