"""The search over everything at the desk."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from accounts.tests.factories import make_user
from posts.models import Tag
from posts.tests.authors import make_secret, sign_in
from posts.tests.factories import make_page, make_post, make_series, make_tag
from posts.tests.pictures import picture_bytes, store
from posts.tests.writing import address

pytestmark = pytest.mark.django_db

SEARCH = reverse("admin:search")


def search(client, query) -> dict[str, list[str]]:
    """The titles of what was found, by kind."""
    answer = client.get(SEARCH, {"q": query}, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    groups = answer.json()["groups"]
    return {group["name"]: [item["title"] for item in group["items"]] for group in groups}


# --- What is found ----------------------------------------------------------------


def test_everything_with_a_name_is_found(desk):
    make_post(title="Quokka one")
    make_page(title="About the quokka")
    make_tag("Quokkas")
    make_series("The quokka series")
    store(picture_bytes(), alt="A quokka smiles")
    make_user(display_name="Quokka Smith")

    assert search(desk, "quokka") == {
        "posts": ["Quokka one"],
        "pages": ["About the quokka"],
        "tags": ["Quokkas"],
        "series": ["The quokka series"],
        "pictures": ["A quokka smiles"],
        "people": ["Quokka Smith"],
    }


def test_result_leads_to_the_page_of_the_thing_and_says_what_it_is(desk):
    post = make_post(title="Quokka", published_at=None)

    answer = desk.get(SEARCH, {"q": "quokka"}, headers={"Accept": "application/json"}).json()

    assert answer == {
        "query": "quokka",
        "told": "1 result",
        "groups": [
            {
                "name": "posts",
                "label": "Posts",
                "items": [
                    {"title": "Quokka", "address": address("change", post.pk), "note": "Draft"}
                ],
            }
        ],
    }


def test_title_that_begins_so_comes_before_one_that_holds_it(desk):
    make_post(title="Python packaging")
    make_post(title="Why Python")  # saved later, so newer

    assert search(desk, "python")["posts"] == ["Python packaging", "Why Python"]


def test_each_word_must_occur_and_the_address_counts(desk):
    make_post(title="Cache and cookies", slug="bakery")
    make_post(title="Cache alone", slug="elsewhere")

    assert search(desk, "bakery cache") == {"posts": ["Cache and cookies"]}


def test_at_most_five_of_a_kind(desk):
    for number in range(7):
        make_post(title=f"Wombat {number}")

    assert search(desk, "wombat")["posts"] == [f"Wombat {number}" for number in (6, 5, 4, 3, 2)]


@pytest.mark.parametrize("query", ["привет", "Привет", "ПРИВЕТ"])
def test_case_does_not_matter_in_other_scripts_either(desk, query):
    make_post(title="Привет, мир", slug="privet")

    assert search(desk, query)["posts"] == ["Привет, мир"]


def test_rooms_and_single_settings_are_found_by_name(desk):
    assert search(desk, "redirects")["rooms"] == ["Redirects"]
    assert search(desk, "tagline")["settings"] == ["Tagline"]


def test_what_is_in_the_trash_is_found_and_says_so(desk):
    make_post(title="Zebra", deleted_at=timezone.now())

    html = desk.get(SEARCH, {"q": "zebra"}).content.decode()

    assert "In the trash" in html


@pytest.mark.parametrize(
    "query", ["needle", "need", "here needles", "tag:hay needle", '"needle in"']
)
def test_texts_are_found_by_their_words_drafts_too(desk, query):
    make_post(title="Plain", body="A needle in here.", tags=[make_tag("Hay")])
    make_post(title="Draft", body="A needle in here.", published_at=None, tags=[Tag.objects.get()])
    make_post(title="Gone", body="A needle in here.", deleted_at=timezone.now())
    make_page(title="Page", body="A needle in here.", published_at=None)

    found = search(desk, query)

    assert found["posts"] == ["Plain", "Draft"]
    assert found.get("pages", []) == ([] if "tag:" in query else ["Page"])


def test_names_come_before_words_inside_of_texts(desk):
    make_post(title="Plain", body="A quokka in here.")
    make_post(title="Aquokkas")  # in the middle of a word
    make_post(title="Quokkas")

    assert search(desk, "quokka")["posts"] == ["Quokkas", "Aquokkas", "Plain"]


def test_title_is_found_however_much_was_saved_since(desk, monkeypatch):
    monkeypatch.setattr("posts.desk_search.NEWEST", 2)
    make_post(title="Old quokka")
    for _number in range(3):
        make_post(title="Wombat")

    assert search(desk, "quokka") == {"posts": ["Old quokka"]}


# --- For whom ---------------------------------------------------------------------


def test_author_finds_their_own_alone(client):
    author = sign_in(client)
    make_secret()
    make_page(title="Zqpage")
    make_post(title="Zqown", authors=[author], published_at=None)
    make_user(display_name="Zqperson")

    assert search(client, "zq") == {"posts": ["Zqown"]}


def test_author_finds_the_words_of_their_own_texts_alone(client, monkeypatch):
    monkeypatch.setattr("posts.desk_search.LOOKED_AT", 2)
    author = sign_in(client)
    make_post(title="Own", body="A needle.", authors=[author], published_at=None)
    for number in range(5):
        make_post(title=f"Another {number}", body="A needle.")
    make_page(body="A needle.")

    assert search(client, "needle") == {"posts": ["Own"]}


def test_moderator_finds_nothing_of_the_writing(client):
    sign_in(client, roles.MODERATOR)
    make_secret()

    assert search(client, "zq") == {}


def test_editor_finds_texts_and_no_people(client):
    sign_in(client, roles.EDITOR)
    make_secret()
    make_user(display_name="Zqperson")

    assert set(search(client, "zq")) == {"posts", "tags", "series", "pictures"}


def test_settings_are_for_who_may_see_them(client):
    sign_in(client, roles.EDITOR)

    assert search(client, "tagline") == {}
    assert search(client, "sign up") == {}


def test_rooms_are_those_of_who_asks(client):
    sign_in(client, roles.AUTHOR)

    assert search(client, "posts") == {"rooms": ["Posts"]}
    assert search(client, "redirects") == {}


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_visitors_and_members_do_not_search(client, accept):
    strange = client.get(SEARCH, {"q": "a"}, headers={"Accept": accept})
    client.force_login(make_user())
    member = client.get(SEARCH, {"q": "a"}, headers={"Accept": accept})

    assert strange.status_code == 302
    assert member.status_code == 302


# --- Odd queries ------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        *["", "   ", "\0", "a\0b", "%", "_", "\\", "'; DROP TABLE posts_post; --", "x" * 100_000],
        *["שלום עולם", "\u202egnp.exe", "<script>alert(1)</script>", "a " * 5000, "\ud83d\ude00"],
        "\udce9",
    ],
)
def test_any_query_gets_an_answer(desk, query):
    make_post(title="Something")

    for accept in ("text/html", "application/json"):
        url = f"{SEARCH}?q=" + "".join(f"%{byte:02x}" for byte in query.encode("utf-8", "replace"))
        assert desk.get(url[:200_000], headers={"Accept": accept}).status_code == 200
    assert search(desk, query.encode("utf-8", "replace").decode()).get("posts", []) == []


def test_signs_of_patterns_stand_for_themselves(desk):
    make_post(title="100% sure")
    make_post(title="1000 and more")

    assert search(desk, "100%")["posts"] == ["100% sure"]


def test_titles_are_shown_as_they_are_and_not_run(desk):
    make_post(title="<b>Bold</b> quokka")

    html = desk.get(SEARCH, {"q": "quokka"}).content.decode()

    assert "&lt;b&gt;Bold&lt;/b&gt; quokka" in html


def test_page_says_what_is_searched_and_how_much_was_found(desk):
    nothing = desk.get(SEARCH, {"q": "quokka"}).content.decode()
    make_post(title="Quokka")

    html = desk.get(SEARCH, {"q": "quokka"}).content.decode()

    assert "Nothing found." in nothing
    assert "1 result" in html
    assert "the words inside posts, pages and comments" in html


def test_answers_are_kept_by_nobody(desk):
    answer = desk.get(SEARCH, {"q": "a"}, headers={"Accept": "application/json"})

    assert "no-store" in answer["Cache-Control"]
    assert "Accept" in answer["Vary"]


# --- What it costs ----------------------------------------------------------------


def test_search_costs_the_same_for_one_and_for_many(desk):
    def rows(numbers):
        for number in numbers:
            make_post(title=f"Why quokka {number}")
            make_page(title=f"Why quokka {number}")
            make_tag(f"Why quokka {number}")
            make_user(display_name=f"Why quokka {number}")

    rows([1])
    search(desk, "quokka")
    before = queries_of(desk)
    rows(range(2, 31))
    search(desk, "quokka")  # what is remembered between requests is asked for once

    assert queries_of(desk) == before


def queries_of(desk) -> int:
    with CaptureQueriesContext(connection) as queries:
        search(desk, "quokka")
    return len(queries)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the plans of SQLite")
def test_search_looks_through_no_more_titles_than_the_newest(desk):
    make_post(title="Wombat")
    with CaptureQueriesContext(connection) as queries:
        search(desk, "quokka")

    of_posts = [query["sql"] for query in queries if 'FROM "posts_post"' in query["sql"]]
    walks = [sql for sql in of_posts if any("SCAN posts_post" in step for step in plan_of(sql))]
    assert [sql.rpartition("LIMIT")[2].strip() for sql in walks] == ["2000"]
    assert plan_of(walks[0]) == ["SCAN posts_post USING COVERING INDEX post_titles_by_saved"]


def plan_of(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[3] for row in cursor.fetchall()]
