"""What the search finds, in which order, and what it keeps to itself."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from blogsite.doctor.examining import Grade, findings_of
from blogsite.fulltext import doctor  # noqa: F401  registers its check
from posts import tag_merging
from posts.models import Post
from posts.search import find, find_at_desk, like_address, limiting, posts_showing, suggest
from posts.search.texts import PAGES, POSTS
from posts.tests.factories import in_an_hour, make_page, make_post, make_tag
from posts.tests.pictures import picture_bytes, store
from posts.trash import moving

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    results = find(text)
    return [post.title for post in results.posts(results.keys)]


def days_ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def answer(client, text: str) -> str:
    response = client.get(reverse("posts:search"), {"q": text})
    assert response.status_code == 200
    return response.content.decode()


def test_title_comes_before_text_and_newer_before_older():
    make_post(title="Old mention", body="About walruses.", published_at=days_ago(9))
    make_post(title="New mention", body="About walruses.", published_at=days_ago(1))
    make_post(title="A walrus", body="Nothing else.", published_at=days_ago(90))
    make_post(title="Something else", body="Nothing at all.")

    assert found("walrus") == ["A walrus", "New mention", "Old mention"]


def test_tag_counts_like_a_word_of_the_lead():
    make_post(title="Mention", body="Of gardening.", published_at=days_ago(1))
    make_post(
        title="Tagged", body="Gardening.", tags=[make_tag("Gardening")], published_at=days_ago(9)
    )

    assert found("gardening") == ["Tagged", "Mention"]


@pytest.mark.parametrize(
    ("language", "text", "query"),
    [
        ("en", "She was running quickly.", "runs"),
        ("de", "Die Häuser am Ufer.", "haus"),
        ("", "A café in Kraków.", "cafe KRAKOW"),
        ("ja", "日本語の文章です。", "日本語"),
        ("ru", "Быстрые лисицы", "лисица"),
        ("xx", "Zorblaxes everywhere", "zorblaxes"),
    ],
)
def test_words_are_found_in_other_forms(language, text, query):
    make_post(title="It", language=language, body=text)

    assert found(query) == ["It"]


@pytest.mark.parametrize(
    "typed",
    ["select_related", "C++", "C#", "--no-cache", "asyncio.run", "__init__", ".env", "node.js"],
)
def test_code_is_found_as_typed(typed):
    make_post(title="Code", body=f"Here `{typed}` is used.")
    make_post(
        title="Parts",
        body="To select what is related, no cache in C, run asyncio, init, env, js node.",
    )

    assert found(typed) == ["Code"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("red fox", ["Fox", "Both"]),
        ('"red fox"', ["Fox"]),
        ("fox -red", ["Blue"]),
        ("fox tag:animals", ["Fox"]),
        ("fox author:ada", ["Blue"]),
        ("fox year:2020", ["Both"]),
        ("tag:animals", ["Fox"]),
        ("year:2020", ["Both"]),
        ("fox tag:nothing", []),
        ("fox year:20", []),
        ("fo*", ["Fox", "Blue", "Both"]),
    ],
)
def test_query_language(query, titles):
    ada = make_user(handle="ada")
    make_post(title="Fox", body="A red fox.", tags=[make_tag("Animals")], published_at=days_ago(1))
    make_post(title="Blue", body="A blue fox.", authors=[ada], published_at=days_ago(2))
    make_post(title="Both", body="Fox fur is red.", published_at=datetime(2020, 5, 1, tzinfo=UTC))

    assert found(query) == titles


@pytest.mark.parametrize(
    "query",
    [
        "", " ", "\0", '"', '""', "-", "*", "^", "NEAR(a b)", "a AND", "OR", "NOT NOT", "title:x",
        "{a b}:c", "a*b*", "tag:", "tag:\"", "author:-", "year:9999999999", "'; DROP TABLE x; --",
        "%s %d %", "😀", "שלום עולם", "مرحبا", "\u202eabc", "(((((", "a" * 100_000, '"' * 5_000,
        "x " * 50_000, "-" * 9_000, "\\", "a:b:c", "'a' & !b | <->", "\ud800", "¶fox §all",
    ],
)  # fmt: skip
def test_hostile_queries_are_answered(client, query):
    make_post(title="Fox")

    response = client.get("/search/", {"q": query.encode("utf-8", "surrogatepass")})
    suggested = client.get(
        "/search/suggestions.json", {"q": query.encode("utf-8", "surrogatepass")}
    )

    assert response.status_code == 200
    assert suggested.status_code == 200


HIDDEN = [
    {"published_at": None},
    {"published_at": "later"},
    {"expires_at": "passed"},
    {"deleted_at": "now"},
]


@pytest.mark.parametrize("state", HIDDEN)
def test_what_is_not_public_is_found_nowhere(client, state):
    moments = {"later": in_an_hour(), "passed": days_ago(0), "now": timezone.now()}
    fields = {name: moments.get(value, value) for name, value in state.items()}
    make_post(
        title="Secret quokka", body="The quokka sleeps.", tags=[make_tag("Hiddentag")], **fields
    )
    make_post(title="Public wombat", body="The wombat wakes.")

    assert found("quokka") == []
    assert suggest("quok") == []
    assert like_address("/post/secret-quokka/") == []
    assert "quokka" not in answer(client, "quokke").replace("quokke", "")
    assert "Hiddentag" not in answer(client, "the")


def test_correction_is_a_word_that_finds_something(client):
    make_post(title="Wombats", body="A wombat wakes.")

    page = answer(client, "wombta")

    assert 'href="/search/?q=wombat"' in page


def test_snippet_marks_words_and_escapes_the_rest(client):
    make_post(title="A & B", body="Some `<script>alert(1)</script>` near wombats & others.")

    page = answer(client, "wombat")

    assert "<mark>wombats</mark> &amp; others" in page
    assert "<script>alert" not in page


def test_pages_are_found(client):
    make_page(title="About us", slug="about-us", body="We like numbats.")

    assert 'href="/about-us/"' in answer(client, "numbat")


def test_facets_narrow_the_search_down(client):
    tag = make_tag("Animals")
    make_post(
        title="One", body="A wombat.", tags=[tag], published_at=datetime(2020, 5, 1, tzinfo=UTC)
    )
    make_post(title="Two", body="A wombat.", published_at=datetime(2021, 5, 1, tzinfo=UTC))

    results = find("wombat")

    assert [(f.label, f.count) for f in results.tags] == [("Animals", 1)]
    assert [(f.label, f.count) for f in results.years] == [("2021", 1), ("2020", 1)]
    assert found(results.tags[0].query) == ["One"]
    assert found(results.years[0].query) == ["Two"]


def test_suggestions_are_published_titles(client):
    post = make_post(title="Selecting related rows", slug="selecting")

    response = client.get("/search/suggestions.json?q=related sel")

    assert response["Content-Type"] == "application/x-suggestions+json"
    typed, titles, _texts, addresses = json.loads(response.content)
    assert (typed, titles, addresses) == ("related sel", [post.title], [post.permalink])


def test_suggestions_have_an_end_for_each_network(client, monkeypatch):
    make_post(title="Wombats")
    cache.clear()
    monkeypatch.setattr(limiting, "MOST", 2)

    def ask(address):
        return client.get("/search/suggestions.json?q=womb", REMOTE_ADDR=address)

    answers = [ask(f"2001:db8::{number}") for number in range(1, 4)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1]["Retry-After"] == "60"
    assert ask("203.0.113.9").status_code == 200
    assert client.get("/search/?q=womb", REMOTE_ADDR="2001:db8::1").status_code == 200


def test_address_that_leads_nowhere_suggests_posts_with_its_words(client):
    make_post(title="Growing tomatoes indoors", slug="x1")

    assert "Growing tomatoes indoors" in client.get("/2019/growing-tomatoes.html").content.decode()


def test_desk_finds_drafts_last_and_no_trash():
    make_post(title="Draft wombat", published_at=None)
    make_post(title="Public wombat")
    make_post(title="Gone wombat", deleted_at=timezone.now())

    titles = Post.objects.in_bulk(keys := find_at_desk("wombat"))

    assert [titles[key].title for key in keys] == ["Public wombat", "Draft wombat"]


def test_index_follows_every_edit():
    post = make_post(title="Wombat", body="First.")
    assert found("first") == ["Wombat"]

    post.body = "Second."
    post.save()
    assert (found("first"), found("second")) == ([], ["Wombat"])

    moving.move_to_trash(post, by=None)
    assert found("second") == []
    moving.restore(post)
    assert found("second") == ["Wombat"]

    post.delete()
    assert found("second") == []
    assert bool(POSTS.check())


def test_posts_that_show_a_picture_are_found_as_they_are_edited():
    image, author = store(picture_bytes()), make_user()
    post = make_post(body=f"![]({image.url})", authors=[author])
    make_post(body="![](/media/images/another.png)")
    assert posts_showing(image.file, 9) == posts_showing(image.file, 9, by=author) == [post.pk]
    assert posts_showing(image.file, 9, by=make_user()) == []

    post.body = "No picture."
    post.save()
    assert posts_showing(image.file, 9) == []


def test_index_follows_tags_and_their_merging():
    one, two = make_tag("One"), make_tag("Two")
    post = make_post(title="Wombat", tags=[one])
    assert (found("tag:one"), found("tag:two")) == (["Wombat"], [])

    tag_merging.merge([one], into=two)
    assert (found("tag:one"), found("tag:two")) == ([], ["Wombat"])

    two.name = "Three"
    two.save()
    assert found("tag:three") == ["Wombat"]

    post.tags.clear()
    assert found("tag:three") == []
    assert bool(POSTS.check())


def test_check_tells_of_what_is_out_of_step_and_rebuilding_mends_it():
    _kept, missing, outdated = make_post(), make_post(), make_post(title="Before")
    POSTS.remove([missing.pk])
    Post.objects.filter(pk=outdated.pk).update(title="After")

    check = POSTS.check()
    assert (check.right, check.missing, check.outdated, check.left_over) == (1, 1, 1, 0)

    assert POSTS.rebuild() == 3
    assert bool(POSTS.check())
    assert found("after") == ["After"]


def test_index_of_pages_is_in_step():
    make_page(title="About")

    assert bool(PAGES.check())
    assert PAGES.count() == 1


def test_command_tells_what_is_out_of_step_and_repairs_it(capsys):
    post, gone = make_post(), make_post()
    Post.objects.filter(pk=post.pk).update(title="Other")
    Post.objects.filter(pk=gone.pk).update(deleted_at=timezone.now())

    with pytest.raises(CommandError):
        call_command("search_index", "--check", "--only", "posts")
    call_command("search_index", "--repair", "--only", "posts")
    call_command("search_index", "--check", "--only", "posts")

    assert capsys.readouterr().out.splitlines() == [
        "posts: 0 right, 0 missing, 1 outdated, 1 left over",
        "posts: 1 texts",
        "posts: 1 right, 0 missing, 0 outdated, 0 left over",
    ]


def test_doctor_tells_when_texts_are_missing():
    post = make_post()
    assert [each.grade for each in findings_of("search")] == [Grade.FINE]

    POSTS.remove([post.pk])

    (finding,) = findings_of("search")
    assert finding.grade == Grade.UNFINISHED
    assert "0 of 1 posts" in finding.words
