"""Whether old posts still hold: who is due, who checked, what readers are told."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from blogsite.audit.models import Event
from posts import freshness
from posts.models import Post, Revision, SiteSettings
from posts.tests.factories import in_an_hour, make_post, make_user
from posts.tests.writing import address, edit, errors_of, staff_with

pytestmark = pytest.mark.django_db

TODAY = timezone.now().date()
YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)


def years_ago(years):
    return timezone.now() - timedelta(days=366 * years)


def old(**fields) -> Post:
    return make_post(**{"published_at": years_ago(5)} | fields)


# --- Who is due -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "is_due"),
    [
        ({}, False),
        ({"review_by": TODAY}, True),
        ({"review_by": TOMORROW}, False),
        ({"review_by": YESTERDAY, "evergreen": True}, True),
        ({"review_by": YESTERDAY, "published_at": None}, False),
        ({"review_by": YESTERDAY, "published_at": in_an_hour()}, False),
        ({"review_by": YESTERDAY, "deleted_at": timezone.now()}, False),
        ({"published_at": years_ago(5)}, True),
        ({"published_at": years_ago(2)}, False),
        ({"published_at": years_ago(5), "evergreen": True}, False),
        ({"published_at": years_ago(5), "updated_at": years_ago(1)}, False),
        ({"published_at": years_ago(5), "reviewed_at": YESTERDAY}, False),
        ({"published_at": years_ago(5), "reviewed_at": years_ago(4).date()}, True),
        ({"published_at": years_ago(5), "review_by": TOMORROW}, False),
    ],
)
def test_post_is_due(editor, fields, is_due):
    post = make_post(**fields)

    assert list(freshness.due(editor)) == ([post] if is_due else [])


@pytest.mark.parametrize("days", [1094, 1095, 1096, 1097])
def test_due_list_and_notice_draw_the_same_line(editor, days):
    post = make_post(published_at=timezone.now() - timedelta(days=days))

    assert list(freshness.due(editor)) == ([post] if post.is_stale(36) else [])


def test_site_may_call_nothing_old(editor):
    settings = SiteSettings.load()
    settings.stale_after_months = 0
    settings.save()
    old()

    assert list(freshness.due(editor)) == []


def test_oldest_comes_first_and_authors_see_their_own():
    author = make_user(is_staff=True)
    roles.give(author, roles.AUTHOR)
    newer, older = old(authors=[author]), old(authors=[author], published_at=years_ago(9))
    old()

    assert list(freshness.due(author)) == [older, newer]
    assert list(freshness.due(make_user())) == []


# --- Checking ---------------------------------------------------------------------


def test_list_can_be_filtered_and_marked(desk):
    due, fresh = old(review_by=YESTERDAY), make_post()
    url = reverse("admin:posts_post_changelist") + "?due=now"

    before = list(desk.get(url).context["cl"].result_list)
    desk.post(url, {"action": "mark_reviewed", "_selected_action": [due.pk, fresh.pk]})

    due.refresh_from_db()
    assert before == [due]
    assert (due.reviewed_at, due.review_by) == (TODAY, None)
    assert list(desk.get(url).context["cl"].result_list) == []


def test_check_is_recorded_and_kept_as_a_revision(desk, editor):
    post = old()
    url = reverse("admin:posts_post_changelist")

    desk.post(url, {"action": "mark_reviewed", "_selected_action": [post.pk]})

    assert Event.objects.filter(verb="posts.post_reviewed", actor=editor).count() == 1
    assert Revision.objects.filter(post=post, reason="changed", saved_by=editor).count() == 1


def test_page_says_when_it_was_checked_and_by_a_button_that_it_is(desk):
    post = old()

    before = desk.get(address("change", post.pk)).content.decode()
    edit(desk, post, button="_reviewed")
    after = desk.get(address("change", post.pk)).content.decode()

    post.refresh_from_db()
    assert post.reviewed_at == TODAY
    assert "It is due for review." in before
    assert "It is due for review." not in after
    assert "Last checked on" in after
    assert Event.objects.filter(verb="posts.post_reviewed").count() == 1


def test_day_that_is_yet_to_come_stays(desk):
    post = old(review_by=TOMORROW)

    edit(desk, post, button="_reviewed")

    post.refresh_from_db()
    assert (post.reviewed_at, post.review_by) == (TODAY, TOMORROW)


def test_draft_is_not_checked(desk):
    post = make_post(published_at=None)

    edit(desk, post, button="_reviewed")

    post.refresh_from_db()
    assert post.reviewed_at is None


def test_author_cannot_mark_what_is_published(client):
    author = staff_with(client, "add_post")
    post = old(authors=[author])

    client.post(
        reverse("admin:posts_post_changelist"),
        {"action": "mark_reviewed", "_selected_action": [post.pk]},
    )

    post.refresh_from_db()
    assert post.reviewed_at is None


# --- What it was tried with -------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Python 3.14, Django 5.2", "Python 3.14, Django 5.2"),
        (" Python   3.14 ;Django 5.2,, python 3.14,", "Python 3.14, Django 5.2"),
        ("", ""),
        (" , ", ""),
    ],
)
def test_versions_are_kept_tidy(desk, typed, kept):
    post = make_post()

    edit(desk, post, tested_with=typed)

    post.refresh_from_db()
    assert post.tested_with == kept


def graph_of(html: str) -> dict:
    [found] = re.findall(
        r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html, re.DOTALL
    )
    return next(node for node in json.loads(found)["@graph"] if "headline" in node)


def test_readers_and_machines_are_told_the_versions(client):
    tried = make_post(tested_with="Python 3.14, <b>")
    plain = make_post()

    of_tried = client.get(tried.get_absolute_url()).content.decode()
    of_plain = client.get(plain.get_absolute_url()).content.decode()

    assert "Tested with Python 3.14, &lt;b&gt;." in of_tried
    assert graph_of(of_tried)["@type"] == ["BlogPosting", "TechArticle"]
    assert graph_of(of_tried)["dependencies"] == "Python 3.14, <b>"
    assert "Tested with" not in of_plain
    assert graph_of(of_plain)["@type"] == "BlogPosting"


# --- Replacing --------------------------------------------------------------------


def test_both_posts_say_which_replaces_which(client):
    new = make_post(title="New")
    older = make_post(title="Old", superseded_by=new)
    make_post(title="Hidden", superseded_by=new, published_at=None)

    of_new = client.get(new.get_absolute_url()).content.decode()
    of_old = client.get(older.get_absolute_url()).content.decode()

    assert "This replaces" in of_new
    assert f'<a href="{older.get_absolute_url()}">Old</a>' in of_new
    assert "Hidden" not in of_new
    assert f'<a href="{new.get_absolute_url()}">New</a>' in of_old
    assert "This replaces" not in of_old


def test_page_takes_the_same_queries_however_many_it_replaces(client):
    new = make_post()
    make_post(superseded_by=new)
    one = queries_of(client, new)
    for _number in range(10):
        make_post(superseded_by=new)

    assert queries_of(client, new) == one


def queries_of(client, post) -> int:
    client.get(post.get_absolute_url())  # what many pages need is remembered from then on
    with CaptureQueriesContext(connection) as queries:
        client.get(post.get_absolute_url())
    return len(queries)


def test_nothing_replaces_itself_by_any_detour(desk):
    first = make_post()
    second = make_post(superseded_by=first)
    third = make_post(superseded_by=second)

    itself = edit(desk, first, superseded_by=first.pk)
    circle = edit(desk, first, superseded_by=third.pk)
    allowed = edit(desk, third, superseded_by=first.pk)

    assert errors_of(itself) == {"superseded_by": ["A post cannot replace itself."]}
    assert errors_of(circle) == {
        "superseded_by": ["That post is itself replaced by this one: readers would go in circles."]
    }
    assert allowed.status_code == 302


def test_circle_that_an_import_made_ends(client):
    first, second = make_post(), make_post()
    Post.objects.filter(pk=first.pk).update(superseded_by=second)
    Post.objects.filter(pk=second.pk).update(superseded_by=first)

    assert client.get(first.get_absolute_url()).status_code == 200
    assert freshness.leads_back(make_post(), first) is False


# --- The start page ---------------------------------------------------------------


def test_start_page_names_what_is_due(desk):
    quiet = desk.get(reverse("admin:index")).content.decode()
    old(title="Of old")
    make_post(title="Chosen", review_by=YESTERDAY)
    make_post(title="Fresh")

    html = desk.get(reverse("admin:index")).content.decode()
    card = html.partition('id="start-due"')[2].partition("</section>")[0]

    assert "start-due" not in quiet
    assert re.findall(r"change/\">(.*?)</a>", card) == ["Chosen", "Of old"]


def test_first_due_are_few_and_each_once(editor):
    posts = [old(review_by=YESTERDAY), *(old() for _number in range(4))]

    assert freshness.first_due(editor, 3) == posts[:3]
    assert freshness.first_due(editor, 9) == posts
