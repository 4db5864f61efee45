"""The index of the search follows every way of writing, and lets go of what is deleted."""

import threading
import time

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext

from accounts.tests.factories import make_user
from blogsite.fulltext import keeping, rebuilding
from posts.models import Byline, Post, Tag
from posts.search import find
from posts.search.texts import POSTS
from posts.tests.factories import make_post, make_tag

pytestmark = pytest.mark.django_db

only_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="FTS5 is SQLite's")


def found(text: str) -> list[str]:
    results = find(text)
    return [post.title for post in results.posts(results.keys)]


# --- In step ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("write", "titles"),
    [
        (lambda tag, one, other: tag.posts.clear(), []),
        (lambda tag, one, other: tag.posts.remove(one), ["Two"]),
        (lambda tag, one, other: tag.posts.set([one]), ["One"]),
        (lambda tag, one, other: tag.posts.add(one), ["Two", "One"]),
        (lambda tag, one, other: one.tags.clear(), ["Two"]),
        (lambda tag, one, other: one.tags.remove(tag), ["Two"]),
        (lambda tag, one, other: one.tags.set([]), ["Two"]),
        (lambda tag, one, other: tag.delete(), []),
        (lambda tag, one, other: Tag.objects.all().delete(), []),
        (lambda tag, one, other: Post.objects.filter(pk=one.pk).delete(), ["Two"]),
        (lambda tag, one, other: Post.objects.all().delete(), []),
    ],
)
def test_index_follows_tags_from_both_sides(write, titles):
    tag = make_tag("Wombats")
    one, other = make_post(title="One", tags=[tag]), make_post(title="Two", tags=[tag])

    write(tag, one, other)

    assert found("tag:wombats") == titles
    assert POSTS.check()


def test_index_follows_authors():
    ada, bob = make_user(display_name="Ada", handle="a1"), make_user()
    post = make_post(title="One", authors=[ada, bob])

    ada.display_name = "Lovelace"
    ada.save()
    assert (found("author:ada"), found("author:lovelace")) == ([], ["One"])

    Byline.objects.filter(post=post, user=ada).delete()
    assert found("author:lovelace") == []
    Byline.objects.filter(post=post).update(user=ada)
    POSTS.put_in_step([post.pk])
    assert found("author:lovelace") == ["One"]
    assert POSTS.check()


def test_index_follows_a_save_that_names_its_columns():
    post = make_post(title="One")

    post.title = "Wombat"
    post.save(update_fields=["title"])

    assert found("wombat") == ["Wombat"]


only_postgres = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has one writer at a time"
)


def write_while_another_has_not_ended(first, second):
    """`second` begins before the transaction of `first` has ended, and waits for it."""
    problems = []

    def write():
        try:
            with transaction.atomic():
                second()
        except Exception as problem:
            problems.append(problem)
        connections.close_all()

    other = threading.Thread(target=write)
    with transaction.atomic():
        first()
        other.start()
        wait_until_somebody_waits(other)
    other.join()
    assert problems == []


def wait_until_somebody_waits(other: threading.Thread) -> None:
    while other.is_alive():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)


@pytest.mark.django_db(transaction=True)
@only_postgres
def test_two_who_tag_a_post_at_once_are_both_in_the_index():
    post, one, two = make_post(title="One"), make_tag("Wombats"), make_tag("Quolls")

    write_while_another_has_not_ended(lambda: post.tags.add(one), lambda: post.tags.add(two))

    assert found("tag:wombats tag:quolls") == ["One"]
    assert POSTS.check()


@pytest.mark.django_db(transaction=True)
@only_postgres
def test_text_that_somebody_else_put_in_meanwhile_is_no_error():
    post = make_post(title="One")
    POSTS.remove([post.pk])

    def put_in():
        POSTS.put(POSTS.read([post.pk]))

    write_while_another_has_not_ended(put_in, put_in)

    assert POSTS.check()


# --- Anew ------------------------------------------------------------------------


def test_search_finds_all_while_the_index_is_made_anew():
    make_post(title="Wombat")
    seen = []

    def watched(keys):
        for key in keys:
            seen.append(found("wombat"))
            yield key

    POSTS.rebuild(watched)

    assert seen == [["Wombat"]]


def test_rebuilding_that_is_cut_off_changes_nothing_and_the_next_one_ends(capsys):
    make_post(title="Wombat")

    def cut_off(keys):
        yield next(iter(keys))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        POSTS.rebuild(cut_off)

    assert found("wombat") == ["Wombat"]
    call_command("search_index", "--check", "--only", "posts")
    assert "was cut off" in capsys.readouterr().out
    assert POSTS.rebuild() == 1
    assert POSTS.check()


def test_what_is_written_while_the_index_is_made_anew_is_in_it():
    kept, gone = make_post(title="Kept"), make_post(title="Gone")

    def write_meanwhile(keys):
        yield from keys
        Post.objects.get(pk=gone.pk).delete()
        kept.title = "Wombat"
        kept.save()
        make_post(title="New quoll")

    POSTS.rebuild(write_meanwhile)

    assert (found("wombat"), found("gone"), found("quoll")) == (["Wombat"], [], ["New quoll"])
    assert POSTS.check()
    assert not rebuilding.is_unfinished(POSTS)


def test_words_of_no_text_are_forgotten_when_the_index_is_made_anew():
    post = make_post(title="Zirconium")
    post.title = "Tin"
    post.save()

    POSTS.rebuild()

    assert POSTS.words_from("zirc") == []
    assert POSTS.words_from("tin") == ["tin"]


# --- Deleted means gone ----------------------------------------------------------


def holds(word: str) -> bool:
    """Whether the tables of FTS5 hold these letters anywhere, deleted or not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM fulltext_posts_data WHERE instr(block, CAST(%s AS BLOB))", [word]
        )
        return cursor.fetchone()[0] > 0


@only_sqlite
def test_words_of_a_deleted_text_leave_the_index():
    make_post(title="Another")
    post = make_post(title="Post", body="My word is xq7zirconium.")
    assert holds("q7zirconium")

    post.delete()
    POSTS.forget()

    assert not holds("q7zirconium")
    assert found("another") == ["Another"]
    assert POSTS.check()


@only_sqlite
def test_nothing_is_written_where_nothing_was_taken_out():
    make_post()
    POSTS.forget()

    with CaptureQueriesContext(connection) as queries:
        POSTS.forget()

    assert not any(query["sql"].startswith("INSERT") for query in queries)


# --- Around migrations -----------------------------------------------------------


def test_empty_index_is_filled_when_the_database_is_ready():
    make_post(title="Wombat")
    POSTS.clear()

    keeping.make_ready(apps)

    assert found("wombat") == ["Wombat"]


def test_full_index_costs_no_look_at_texts():
    make_post()

    with CaptureQueriesContext(connection) as queries:
        keeping.make_ready(apps)

    assert not any("body_text" in query["sql"] for query in queries)


def test_older_tables_are_left_alone():
    older = (
        MigrationExecutor(connection)
        .loader.project_state([("posts", "0001_create_publications")])
        .apps
    )

    assert not keeping.is_as_in_code(POSTS, older)
    assert keeping.is_as_in_code(POSTS, apps)
