"""Former addresses keep working."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from posts import redirects
from posts.models import Redirect
from posts.tests.factories import make_page, make_post, make_series, make_tag, make_user

pytestmark = pytest.mark.django_db


def rename(thing, *slugs):
    for slug in slugs:
        thing.slug = slug
        thing.save()


def make_one(kind):
    """Something with a public address, its slug and its address written with another slug."""
    if kind == "post":
        return make_post(slug="old")
    if kind == "page":
        return make_page(slug="old")
    thing = make_tag(slug="old") if kind == "tag" else make_series(slug="old")
    make_post(**({"tags": [thing]} if kind == "tag" else {"series": thing}))
    return thing


@pytest.mark.parametrize("kind", ["post", "page", "tag", "series"])
def test_old_address_is_one_hop_away_however_often_renamed(client, kind):
    thing = make_one(kind)
    old_address = thing.get_absolute_url()
    rename(thing, "middle", "newest")

    response = client.get(old_address)

    assert response.status_code == 301
    assert response["Location"] == thing.get_absolute_url()
    assert client.get(response["Location"]).status_code == 200


def test_old_address_without_slash_is_one_hop_too(client):
    post = make_post(slug="old")
    rename(post, "new")

    assert client.get("/post/old")["Location"] == "/post/new/"


def test_author_keeps_old_address(client):
    author = make_user(handle="ada")
    make_post(authors=[author])
    author.handle = "ada-l"
    author.save()

    assert client.get("/author/ada/")["Location"] == "/author/ada-l/"


def test_renaming_back_forgets_the_detour(client):
    post = make_post(slug="old")
    rename(post, "new", "old")

    assert client.get("/post/old/").status_code == 200
    assert client.get("/post/new/")["Location"] == "/post/old/"
    assert [row.path for row in Redirect.objects.all()] == ["/post/new/"]


def test_new_post_wins_over_a_former_address(client):
    make_it = make_post(slug="old")
    rename(make_it, "new")
    make_post(slug="old", title="The newcomer")

    assert "The newcomer" in client.get("/post/old/").content.decode()


def test_query_string_is_kept_as_far_as_it_means_anything(client):
    tag = make_tag(slug="old")
    make_post(tags=[tag])
    rename(tag, "new")

    assert client.get("/tag/old/?page=2&utm_source=x")["Location"] == "/tag/new/?page=2"


@pytest.mark.parametrize("hidden", [{"published_at": None}, {"published_at": "2100-01-01T00:00Z"}])
def test_former_address_of_a_hidden_post_gives_nothing_away(client, hidden):
    post = make_post(slug="old")
    rename(post, "secret-name")
    post.published_at = hidden["published_at"]
    post.save()

    response = client.get("/post/old/")

    assert response.status_code == 404
    assert "secret-name" not in response.content.decode()


def test_removed_post_is_gone_at_each_of_its_addresses(client):
    post = make_post(slug="old")
    rename(post, "new")
    post.deleted_at = timezone.now()
    post.save()

    assert client.get("/post/old/").status_code == 410
    assert client.get("/post/new/").status_code == 410


def test_removed_draft_was_never_there(client):
    make_post(slug="draft", published_at=None, deleted_at=timezone.now())

    assert client.get("/post/draft/").status_code == 404


def test_tag_that_only_a_draft_carries_is_not_led_to(client):
    tag = make_tag(slug="old")
    make_post(tags=[tag], published_at=None)
    rename(tag, "secret-tag")

    assert client.get("/tag/old/").status_code == 404


def test_chain_of_plain_paths_is_one_hop(client):
    make_post(slug="target")
    Redirect.objects.create(path="/a.html", to_path="/b.html")
    Redirect.objects.create(path="/b.html", to_path="/post/target/")

    assert client.get("/a.html")["Location"] == "/post/target/"


def test_plain_path_to_a_renamed_post_is_one_hop(client):
    Redirect.objects.create(path="/a.html", to_path="/post/old/")
    rename(make_post(slug="old"), "new")

    assert client.get("/a.html")["Location"] == "/post/new/"


def test_loop_of_plain_paths_is_a_plain_404(client):
    Redirect.objects.create(path="/a.html", to_path="/b.html")
    Redirect.objects.create(path="/b.html", to_path="/a.html")

    assert client.get("/a.html").status_code == 404


def test_gone_path_says_so(client):
    redirects.remember_gone("/a.html")

    assert client.get("/a.html").status_code == 410


def test_former_address_answers_reading_only(client):
    rename(make_post(slug="old"), "new")

    assert client.post("/post/old/").status_code == 405


@pytest.mark.parametrize(
    "fields",
    [
        {"path": "no-slash", "to_path": "/x/"},
        {"path": "/x", "to_path": "//evil.example"},
        {"path": "/x", "to_path": "/\\evil.example"},
        {"path": "/x", "to_path": "https://evil.example"},
        {"path": "/x", "to_path": "/x"},
        {"path": "/x"},
        {"path": "/x?y=1", "to_path": "/y"},
        {"path": "/x", "to_path": "/y", "gone": True},
    ],
)
def test_redirect_that_makes_no_sense_is_refused(fields):
    with pytest.raises(ValidationError):
        Redirect(**fields).full_clean()


@pytest.mark.parametrize("kind", ["post", "page", "tag", "series"])
def test_old_address_in_any_script_keeps_working(client, kind):
    thing = make_one(kind)
    rename(thing, "über-zwei", "最後")

    response = client.get(thing.path_for("über-zwei"))

    assert response.status_code == 301
    assert response["Location"] == thing.get_absolute_url()
    assert Redirect.objects.filter(path=thing.path_for("x").replace("x", "über-zwei")).exists()


def test_author_in_any_script_keeps_old_address(client):
    author = make_user(handle="zoë")
    make_post(authors=[author])
    author.handle = "zoe"
    author.save()

    assert client.get("/author/zoë/")["Location"] == "/author/zoe/"


def test_feed_of_a_tag_in_any_script_moves_with_it(client):
    tag = make_tag(slug="prüfung")
    make_post(tags=[tag])
    rename(tag, "prüfungen")

    response = client.get("/tag/prüfung/feed/")

    assert response["Location"] == tag.get_absolute_url() + "feed/"


def test_typed_redirect_may_be_percent_encoded(client):
    make_post(slug="größe")
    redirect = Redirect(path="/alt/gr%C3%B6%C3%9Fe.html", to_path="/post/größe/")
    redirect.full_clean()
    redirect.save()

    response = client.get("/alt/größe.html")

    assert client.get(response["Location"]).status_code == 200


def test_gone_in_any_script_says_so(client):
    redirects.remember_gone("/post/%C3%BCber/")

    assert client.get("/post/über/").status_code == 410
