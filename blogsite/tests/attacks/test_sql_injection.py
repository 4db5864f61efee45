"""Questions to the database, hidden in what is typed."""

import pytest

from blogsite.tests.attacks.payloads import SQL
from blogsite.tests.attacks.walking import every_address
from blogsite.tests.attacks.world import SECRET_WORD
from comments.tests.writing import fields, send, set_rules
from posts.models import Post

pytestmark = pytest.mark.django_db

PARAMETERS = [
    "q", "page", "p", "o", "e", "order", "thread", "reply", "status", "post", "reason", "all", "tag", "days",
    "id__exact", "pk__in", "title__contains", "is_staff__exact", "authors__id__exact", "published_at__gte",
    "verb", "actor", "state", "token", "key", "_changelist_filters", "ot", "next",
]  # fmt: skip
HOSTILE = {400, 404, 405, 410, 414, 429}


@pytest.mark.parametrize("text", SQL)
def test_no_parameter_reaches_the_database_as_a_question(client, world, text):
    for place in every_address(world)[::4]:
        if not place.name.startswith("admin:"):
            answer = client.get(place.path, dict.fromkeys(PARAMETERS, text))
            assert answer.status_code < 500, place
            assert SECRET_WORD not in answer.getvalue().decode("utf-8", "replace"), place
    assert Post.objects.filter(pk=world.post.pk).exists()


@pytest.mark.parametrize("text", ["1' OR '1'='1", "9" * 40, "\0"])
def test_no_parameter_of_the_desk_reaches_the_database_as_a_question(client, world, text):
    client.force_login(world.administrator)

    for place in every_address(world):
        if place.name.endswith("_changelist"):
            for name in ["q", "p", "o", "id__exact", "status", "_changelist_filters"]:
                answer = client.get(place.path, {name: text})
                assert answer.status_code in {200, 302, *HOSTILE}, (place, name)


@pytest.mark.parametrize("text", SQL)
def test_no_part_of_an_address_reaches_the_database_as_a_question(client, world, text):
    for path in [
        f"/post/{text}/",
        f"/tag/{text}/",
        f"/author/{text}/feed/",
        f"/comments/{text}/",
        f"/comments/mail/{text}/",
        f"/account/email/{text}/",
        f"/account/signup/{text}/",
        f"/account/password/reset/1-{text}/",
        f"/{text}/",
    ]:
        assert client.get(path).status_code in {200, 301, 302, *HOSTILE}, path


def test_always_true_finds_no_more(client, world):
    nothing = client.get("/search/", {"q": "zqnothing"})
    for text in [
        "zqnothing' OR '1'='1",
        'zqnothing" OR "1"="1',
        "zqnothing%' OR 1=1 --",
        "zqnothing* OR",
    ]:
        answer = client.get("/search/", {"q": text})
        assert list(answer.context["post_list"]) == list(nothing.context["post_list"]) == []


@pytest.mark.parametrize("text", [text for text in SQL if "\0" not in text])
def test_what_is_typed_into_forms_is_text(client, world, text):
    set_rules(policy="open")

    answer = send(client, world.post, name=f"n{text}", body=f"b{text}")
    assert answer.status_code in {303, 422, 429}
    for form in [
        {"login": text, "password": text},
        {"login": f"a{text}@example.org", "password": "x"},
    ]:
        assert client.post("/account/login/", form).status_code in {200, *HOSTILE}
    for path in ["/account/password/reset/", "/account/signup/"]:
        assert client.post(path, {"email": f"{text}@example.org"}).status_code < 500
    assert send(client, world.post, **fields(parent=text, stamp=text, topic=text)).status_code < 500
    assert Post.objects.filter(pk=world.post.pk).exists()
