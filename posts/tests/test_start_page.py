"""The start page of the desk: what each role finds there, and what it costs."""

import os
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from blogsite.audit.models import Event
from blogsite.audit.recording import record
from posts.models import PlannedEdit, Post, WorkingCopy
from posts.tests.authors import sign_in
from posts.tests.factories import in_an_hour, make_page, make_post, make_user
from posts.tests.pictures import picture_bytes, store
from posts.tests.writing import address

pytestmark = pytest.mark.django_db

START = reverse("admin:index")
SCAN = re.compile(r"^SCAN (posts_post|posts_image|posts_workingcopy|audit_event)\b(?!.*INDEX)")


def start_page(client) -> str:
    return client.get(START).content.decode()


def cards(html) -> set[str]:
    """Which cards are on the page."""
    signs = {
        "writing": 'aria-label="What waits"',
        "draft": 'class="start-draft"',
        "unsaved": "start-unsaved",
        "backup": "No backup is known",
        "lately": 'class="start-lately"',
        "comments": "queue-waiting",
    }
    return {name for name, sign in signs.items() if sign in html}


# --- Each role --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "found"),
    [
        (roles.AUTHOR, {"writing", "draft"}),
        (roles.EDITOR, {"writing", "draft"}),
        (roles.MODERATOR, {"comments"}),
        (roles.ADMINISTRATOR, {"writing", "draft", "comments", "backup", "lately"}),
    ],
)
def test_each_role_finds_its_own_cards_and_no_empty_ones(client, role, found):
    sign_in(client, role)  # which is an event that administrators know of

    assert cards(start_page(client)) == found


def test_who_has_no_rooms_is_told(client):
    client.force_login(make_user(is_staff=True))

    html = start_page(client)

    assert cards(html) == set()
    assert "There is nothing here that you may work on." in html


def test_author_finds_their_own_alone(client):
    author = sign_in(client)
    make_post(title="My draft", published_at=None, authors=[author])
    make_post(title="My review", published_at=None, submitted_at=timezone.now(), authors=[author])
    for state in [{"published_at": None}, {"published_at": in_an_hour()}]:
        make_post(title="Zqsecret", **state)

    html = start_page(client)

    assert "My draft" in html
    assert "<strong>1</strong> in review" in html
    assert "Zqsecret" not in html


def test_review_says_whose_it_is(desk):
    make_post(
        published_at=None, submitted_at=timezone.now(), authors=[make_user(display_name="Beatrix")]
    )

    assert "Beatrix" in start_page(desk)


def test_what_needs_nobody_is_not_named(desk):
    html = start_page(desk)

    assert "in review" not in html.casefold()
    assert "without a description" not in html
    assert "Not saved yet" not in html


def test_counts_stop_at_a_number_that_says_enough(desk):
    posts = [Post(slug=f"draft-{n}", guid=f"tag:{n}") for n in range(101)]
    Post.objects.bulk_create(posts)

    assert "<strong>99+</strong> drafts" in start_page(desk)


def held_up():
    PlannedEdit.objects.create(
        post=make_post(title="Live"), due_at=timezone.now(), problem="conflict"
    )


def test_scheduled_edit_that_could_not_go_live_is_named(desk):
    held_up()

    assert "The scheduled edit of “Live” waits for you" in start_page(desk)


def test_author_is_told_nothing_of_the_edits_of_others(client):
    sign_in(client)
    held_up()

    assert "Live" not in start_page(client)


# --- What was not saved -----------------------------------------------------------


def unsaved(user, number=1, **fields):
    return WorkingCopy.objects.create(
        user=user,
        kind="post",
        window=f"00000000-0000-4000-8000-{user.pk:06}{number:06}",
        fields={"title": [f"Typed {number}"], "body": ["Words"]},
        saved_at=timezone.now(),
        **fields,
    )


def test_unsaved_texts_are_ones_own(client):
    author = sign_in(client)
    post = make_post(authors=[author], published_at=None)
    first, second = unsaved(author, 1, post=post), unsaved(author, 2)
    unsaved(make_user(), 3)

    html = start_page(client)

    assert f'<a href="{address("change", post.pk)}?copy={first.window}">Typed 1</a>' in html
    assert f'<a href="{address("add")}?copy={second.window}">Typed 2</a>' in html
    assert "Typed 3" not in html


def test_window_in_which_nothing_is_unsaved_is_not_named(client):
    author = sign_in(client)
    copy = unsaved(author)
    WorkingCopy.objects.filter(pk=copy.pk).update(fields=None)

    assert "unsaved" not in cards(start_page(client))


# --- What changed lately ----------------------------------------------------------


def told(client) -> str:
    """The list of what changed, or nothing."""
    found = re.search(r'<section class="start-lately".*?</section>', start_page(client), re.DOTALL)
    return found[0] if found else ""


@pytest.fixture
def happened(client):
    """One thing of each kind, done by somebody else; the post of an author who signs in last."""
    ada = make_user(display_name="Ada")
    record("posts.post_published", make_post(title="Of others"), actor=ada)
    record("comments.filter_retrained", actor=ada)
    record("accounts.password_changed", ada, actor=ada)


def test_editor_reads_of_texts(client, happened):
    sign_in(client, roles.EDITOR)

    said = told(client)

    assert "Ada published post “Of others”" in said
    assert "filter" not in said
    assert "password" not in said


def test_moderator_reads_of_comments(client, happened):
    sign_in(client, roles.MODERATOR)

    said = told(client)

    assert "Ada taught the spam filter anew" in said
    assert "Of others" not in said
    assert "password" not in said


def test_author_reads_of_their_own_posts(client, happened):
    author = sign_in(client)
    record("posts.post_published", make_post(title="My own", authors=[author]), actor=author)

    said = told(client)

    assert "My own" in said
    assert "Of others" not in said
    assert "filter" not in said
    assert "password" not in said


def test_administrator_reads_everything(client, happened):
    sign_in(client, roles.ADMINISTRATOR)

    said = told(client)

    assert all(words in said for words in ["Of others", "spam filter", "changed a password"])


def test_what_happened_long_ago_is_no_news(client, happened):
    Event.forgettable.update(at=timezone.now() - timedelta(days=15))
    sign_in(client, roles.EDITOR)

    assert told(client) == ""


# --- Backups ----------------------------------------------------------------------


def test_backup_that_is_old_is_named_and_a_new_one_is_not(desk, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    (tmp_path / "backups").mkdir()
    kept = tmp_path / "backups" / "a.tar"
    kept.write_text("kept")
    silent = start_page(desk)
    long_ago = timezone.now().timestamp() - 20 * 86400
    os.utime(kept, (long_ago, long_ago))

    html = start_page(desk)

    assert "backup" not in silent
    assert "The newest backup is 20 days old." in html


# --- The quick draft --------------------------------------------------------------


def quick_fields(client) -> dict:
    """What the quick draft would send, untouched."""
    form = re.search(r'<form class="start-draft".*?</form>', start_page(client), re.DOTALL)[0]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', form)
    return dict(hidden) | {"title": "", "body": "", "_continue": "1"}


@pytest.mark.parametrize("role", [roles.AUTHOR, roles.EDITOR])
def test_quick_draft_becomes_a_draft_as_the_whole_form_makes_it(client, role):
    person = sign_in(client, role)

    response = client.post(
        address("add"), quick_fields(client) | {"title": "An idea", "body": "One\r\ntwo"}
    )

    post = Post.objects.get()
    assert response.url == address("change", post.pk)
    assert (post.title, post.slug, post.body) == ("An idea", "an-idea", "One\ntwo")
    assert (post.status, post.author_list, post.comments_open) == ("draft", [person], True)


def test_quick_draft_keeps_the_text_where_something_is_wrong(client):
    sign_in(client)
    typed = {"title": "x" * 251, "body": "Long thoughts"}

    response = client.post(address("add"), quick_fields(client) | typed)

    assert response.status_code == 200
    assert response.context["adminform"].form["body"].value() == "Long thoughts"
    assert not Post.objects.exists()


def test_page_says_how_long_ago_in_words(desk):
    post = make_post(published_at=None)
    assert "saved just now" in start_page(desk)

    Post.objects.filter(pk=post.pk).update(modified_at=timezone.now() - timedelta(hours=3))
    assert "saved 3\xa0hours ago" in start_page(desk)


def test_quick_draft_without_a_word_is_refused(desk):
    response = desk.post(address("add"), quick_fields(desk))

    assert b"Write a title or some text first." in response.content
    assert not Post.objects.exists()


# --- What it costs ----------------------------------------------------------------


def fill(person, numbers):
    """One of everything for each number."""
    for number in numbers:
        post = make_post(authors=[person], published_at=None, submitted_at=timezone.now())
        make_post(authors=[person], published_at=None)
        make_post(authors=[person], published_at=in_an_hour())
        make_page(published_at=None)
        record("posts.post_changed", post, actor=person)
        record("comments.filter_retrained", actor=person)
        unsaved(person, number)
        unsaved(person, 100 + number, post=post)


@pytest.mark.parametrize("role", [roles.AUTHOR, roles.EDITOR, roles.MODERATOR, roles.ADMINISTRATOR])
def test_cost_is_the_same_for_one_and_for_many(client, role):
    person = sign_in(client, role)
    fill(person, [1])
    before = len(queries_of(client))

    fill(person, range(2, 31))

    assert len(queries_of(client)) == before


def queries_of(client) -> list[str]:
    client.get(START)  # what is asked once and remembered
    with CaptureQueriesContext(connection) as queries:
        assert client.get(START).status_code == 200
    return [query["sql"] for query in queries]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the plans of SQLite")
@pytest.mark.parametrize("role", [roles.AUTHOR, roles.EDITOR, roles.ADMINISTRATOR])
def test_no_table_is_read_from_end_to_end(client, role):
    person = sign_in(client, role)
    fill(person, [1])
    store(picture_bytes(), uploaded_by=person)
    scans = {}

    for sql in queries_of(client):
        if not sql.startswith("SELECT"):
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            found = [row[3] for row in cursor.fetchall() if SCAN.match(row[3])]
        if found:
            scans[sql] = found

    assert scans == {}
