"""Writing and publishing in the admin, as a browser sends it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from posts.models import Byline, Page, Post, Tag
from posts.models.publication import BODY_MAX_LENGTH
from posts.tests.factories import (
    in_an_hour,
    make_page,
    make_post,
    make_series,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_user(email="editor@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def fields_of(response) -> dict:
    """What the forms on an admin page would send back, untouched."""
    form = response.context["adminform"].form
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    data = {}
    for part in [form, *(s.management_form for s in formsets), *(f for s in formsets for f in s)]:
        for bound in part:
            value = bound.value()
            if hasattr(bound.field.widget, "decompress") and not isinstance(value, list):
                value = bound.field.widget.decompress(value)
            if isinstance(value, list):
                data |= {f"{bound.html_name}_{n}": one or "" for n, one in enumerate(value)}
            elif value is not None and value is not False:
                data[bound.html_name] = value
    return data


def address(page, *args, model="post"):
    return reverse(f"admin:posts_{model}_{page}", args=args)


def write(desk, *, button="_continue", model="post", **changes):
    """Send the form of a new text, filled in."""
    url = address("add", model=model)
    return desk.post(url, fields_of(desk.get(url)) | {button: "1"} | changes)


def edit(desk, thing, *, button="_continue", **changes):
    url = address("change", thing.pk, model=thing._meta.model_name)
    return desk.post(url, fields_of(desk.get(url)) | {button: "1"} | changes)


def errors_of(response) -> dict:
    form = response.context["adminform"].form
    return {name: list(errors) for name, errors in form.errors.items()}


def test_new_post_is_a_draft_by_its_writer(desk, editor):
    response = write(desk, title="A walk", body="Some *words*.")

    post = Post.objects.get()
    assert response.url == address("change", post.pk)
    assert (post.slug, post.status, post.body_html) == (
        "a-walk",
        "draft",
        "<p>Some <em>words</em>.</p>\n",
    )
    assert post.author_list == [editor]


def test_new_post_can_be_published_at_once(desk):
    response = write(desk, button="_publish", title="Now", body="Text.")

    post = Post.objects.get()
    assert post.is_published
    assert response.url == address("change", post.pk)


def test_draft_and_scheduled_post_can_be_published_now(desk):
    draft = make_post(published_at=None)
    scheduled = make_post(published_at=in_an_hour())

    edit(desk, draft, button="_publish")
    edit(desk, scheduled, button="_publish")

    assert [post.status for post in Post.objects.all()] == ["published", "published"]


def test_publishing_again_does_not_move_the_date(desk):
    moment = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
    post = make_post(published_at=moment)

    edit(desk, post, button="_publish")

    post.refresh_from_db()
    assert post.published_at == moment


def test_post_can_be_scheduled(desk):
    write(desk, title="Soon", published_at_0="2099-12-31", published_at_1="12:00")

    post = Post.objects.get()
    assert post.published_at == datetime(2099, 12, 31, 12, 0, tzinfo=UTC)
    assert post.status == "scheduled"


def test_saving_a_published_post_tells_readers_nothing(desk):
    post = make_post()

    edit(desk, post, body="Changed.")

    post.refresh_from_db()
    assert (post.body, post.updated_at, post.reviewed_at) == ("Changed.", None, None)


def test_update_and_review_are_set_by_the_editor(desk):
    post = make_post()

    edit(desk, post, updated_at_0="2026-01-02", updated_at_1="03:04", reviewed_at="2026-01-03")

    post.refresh_from_db()
    assert post.updated_at == datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    assert f"{post.reviewed_at}" == "2026-01-03"


@pytest.mark.parametrize(
    "body",
    [
        "  leading and trailing  \n\n\n",
        "\n\nleading lines",
        "\ttabs\t\n\t",
        "emoji 👩🏽‍💻 and \u200fright-to-left\u200f marks \u202e",
        "\ufefftext after a byte order mark",
        "no-break\u00a0space, form\x0cfeed, line\u2028separator",
        " ",
    ],
)
def test_body_is_stored_as_typed(desk, body):
    write(desk, title="Bytes", body=body.replace("\n", "\r\n"))

    assert Post.objects.get().body == body


def test_body_of_a_million_characters_is_taken_and_one_more_refused(desk):
    body = "😀 word\n" * (BODY_MAX_LENGTH // 7)
    body += "x" * (BODY_MAX_LENGTH - len(body))

    write(desk, title="Long", body=body)
    response = write(desk, title="Longer", body=body + "x")

    assert Post.objects.get().body == body
    assert list(errors_of(response)) == ["body"]


def test_null_character_is_refused_in_words_and_the_text_kept(desk):
    response = write(desk, title="Null", body="be\0fore")

    assert errors_of(response) == {"body": ["Null characters are not allowed."]}
    assert b"fore" in response.content


@pytest.mark.parametrize("stored", ["a\r\nb\r\n", "a\rb", "a\r\nb\nc\r", "a\nb\n"])
def test_untouched_text_keeps_its_line_ends(desk, stored):
    post = make_post(body=stored)

    edit(desk, post, title="New title", body=as_browser(stored))

    post.refresh_from_db()
    assert (post.title, post.body) == ("New title", stored)


def as_browser(text):
    """What a browser sends for a text area that shows `text`."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("stored", "kept"), [("a\r\nb", "a\r\nb\r\nc"), ("a\nb", "a\nb\nc"), ("a\r\nb\n", "a\nb\n\nc")]
)
def test_changed_text_keeps_the_kind_of_its_line_ends(desk, stored, kept):
    post = make_post(body=stored)

    edit(desk, post, body=as_browser(stored) + "\r\nc")

    post.refresh_from_db()
    assert post.body == kept


def test_slug_is_made_when_left_empty_and_never_taken_twice(desk):
    make_post(slug="a-walk")

    write(desk, title="A walk")
    write(desk, title="Ein Gespräch über Ärger")
    write(desk, title="", body="日本語の本文")
    write(desk, title="!!!", body="")

    assert sorted(Post.objects.values_list("slug", flat=True)) == [
        "a-walk",
        "a-walk-2",
        "ein-gespräch-über-ärger",
        "post",
        "日本語の本文",
    ]


def test_slug_in_the_trash_is_refused_in_words(desk, editor):
    make_post(slug="gone", deleted_at=timezone.now())

    response = write(desk, title="New", slug="gone")

    assert "trash" in errors_of(response)["slug"][0]


def test_page_never_takes_an_address_of_the_site(desk):
    write(desk, model="page", title="Archive")
    response = write(desk, model="page", title="Search", slug="search")

    assert Page.objects.get().slug == "archive-2"
    assert "site uses this address" in errors_of(response)["slug"][0]


def test_tags_are_typed_and_matched_whatever_their_case(desk):
    python, umlaut = make_tag("Python"), make_tag("Übung")

    write(desk, title="Tags", tag_names=" python, ÜBUNG,,C++ , c#, C++ ,  two   words ")

    post = Post.objects.get()
    assert {python, umlaut} < set(post.tags.all())
    assert sorted(tag.name for tag in post.tags.all()) == [
        "C++",
        "Python",
        "c#",
        "two words",
        "Übung",
    ]
    assert sorted(Tag.objects.values_list("slug", flat=True)) == [
        "c-plus-plus",
        "c-sharp",
        "python",
        "two-words",
        "übung",
    ]


def test_tags_are_shown_and_taken_away(desk):
    post = make_post(tags=[make_tag("One"), make_tag("Two")])

    shown = desk.get(address("change", post.pk)).context["adminform"].form["tag_names"].value()
    edit(desk, post, tag_names="two")

    assert shown == "One, Two"
    assert [tag.name for tag in post.tags.all()] == ["Two"]


def test_tag_that_is_too_long_is_refused(desk):
    response = write(desk, title="Tags", tag_names="x" * 101)

    assert errors_of(response) == {"tag_names": [f"A tag has at most 100 characters: {'x' * 30}…"]}
    assert not Tag.objects.exists()


def test_authors_are_named_in_order(desk, editor):
    ada, grace = make_user(display_name="Ada", email=None), make_user(is_staff=True)

    write(
        desk,
        title="Together",
        **{
            "bylines-TOTAL_FORMS": "2",
            "bylines-0-user": ada.pk,
            "bylines-0-position": "2",
            "bylines-1-user": grace.pk,
            "bylines-1-position": "1",
        },
    )

    assert Post.objects.get().author_list == [grace, ada]


def test_author_named_twice_is_refused_in_words(desk, editor):
    response = write(
        desk,
        title="Twice",
        **{
            "bylines-TOTAL_FORMS": "2",
            "bylines-0-user": editor.pk,
            "bylines-0-position": "1",
            "bylines-1-user": editor.pk,
            "bylines-1-position": "0",
        },
    )

    assert b"Each author can be named once." in response.content
    assert not Post.objects.exists()


def test_readers_are_not_offered_as_authors(desk):
    make_user(display_name="Somebody who reads")

    assert b"Somebody who reads" not in desk.get(address("add")).content


def test_series_and_part_are_kept(desk):
    series = make_series()

    write(desk, title="Part three", series=series.pk, series_part="3")

    post = Post.objects.get()
    assert (post.series, post.series_part) == (series, 3)


def test_view_on_site_leads_to_the_page(desk):
    draft = make_post(published_at=None)

    html = desk.get(address("change", draft.pk)).content.decode()

    assert f'href="{draft.get_absolute_url()}"' in html
    assert desk.get(draft.get_absolute_url()).status_code == 200


def staff_with(client, *codenames):
    user = make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(user)
    return user


def test_staff_without_permissions_can_do_nothing(client):
    post = make_post()
    staff_with(client)

    for url in [address("changelist"), address("add"), address("change", post.pk)]:
        assert client.get(url).status_code == 403
    assert client.post(address("delete", post.pk), {"post": "yes"}).status_code == 403
    assert client.post(address("restore", post.pk)).status_code == 404


def test_viewer_reads_and_changes_nothing(client):
    post = make_post(tags=[make_tag("Seen")])
    staff_with(client, "view_post")

    response = client.get(address("change", post.pk))
    refused = client.post(address("change", post.pk), {"title": "Changed", "_publish": "1"})

    assert response.status_code == 200
    assert "Seen" in response.content.decode()
    assert refused.status_code == 403
    assert Post.objects.get().title == post.title


def test_writer_may_name_authors_without_further_rights(client):
    user = staff_with(client, "add_post", "change_post")
    other = make_user(is_staff=True)

    write(client, title="Mine", **{"bylines-0-user": other.pk})

    post = Post.objects.get()
    assert post.author_list == [other]
    assert Byline.objects.exclude(user=other).count() == 0
    assert user != other


def test_fields_that_no_form_shows_cannot_be_set(desk):
    write(desk, title="T", guid="tag:evil", deleted_at="2020-01-01", source="evil", word_count="9")

    post = Post.objects.get()
    assert post.guid.startswith("tag:testserver,")
    assert (post.deleted_at, post.source, post.word_count) == (None, "", 0)


@pytest.mark.parametrize("model", ["post", "page"])
def test_list_costs_the_same_for_one_and_for_many(desk, model):
    make = {"post": make_post, "page": make_page}[model]
    url = address("changelist", model=model)

    def rows(count):
        for number in range(count):
            extra = {"tags": [make_tag(), make_tag()]} if model == "post" else {}
            make(published_at=timezone.now() - timedelta(days=number), **extra)

    rows(1)
    before = queries_of(desk, url)
    rows(5)

    assert queries_of(desk, url) == before
    assert len(desk.get(url).context["cl"].result_list) == 6


def queries_of(desk, url) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(url).status_code == 200
    return len(queries)


def test_list_is_filtered_by_status_and_searched(desk):
    draft = make_post(title="Draft", published_at=None)
    scheduled = make_post(title="Later", published_at=in_an_hour())
    published = make_post(title="Out", body="A needle in the text.")
    trashed = make_post(title="Away", deleted_at=timezone.now())

    def listed(query):
        return set(desk.get(address("changelist") + query).context["cl"].result_list)

    assert listed("") == {draft, scheduled, published}
    assert listed("?status=draft") == {draft}
    assert listed("?status=scheduled") == {scheduled}
    assert listed("?status=published") == {published}
    assert listed("?status=trashed") == {trashed}
    assert listed("?status=nonsense") == {draft, scheduled, published}
    assert listed("?q=needle") == {published}


def test_start_page_says_what_waits(desk):
    make_post(title="Half done", published_at=None)
    make_post(title="Coming", published_at=in_an_hour())
    before = queries_of(desk, reverse("admin:index"))
    make_post(title="Another draft", published_at=None)

    html = desk.get(reverse("admin:index")).content.decode()

    assert "Half done" in html
    assert "Coming" in html
    assert queries_of(desk, reverse("admin:index")) == before


def test_start_page_tells_nothing_to_who_may_not_read_posts(client):
    make_post(title="Half done", published_at=None)
    staff_with(client)

    assert b"Half done" not in client.get(reverse("admin:index")).content
