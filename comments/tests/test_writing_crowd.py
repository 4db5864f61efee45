"""Many write at once, and some send what nobody would."""

from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from comments.models import Comment, Discussion
from comments.tests.writing import address_of, fields, send, set_rules
from comments.writing.forms import BODY_MAX_LENGTH
from posts.tests.factories import make_post

WRITERS = 50
ANYTHING = st.text(max_size=200) | st.text(
    alphabet="\0\r\n\u202e\u200b<>&\"'%[]()`*_#\ufeff😀é", max_size=60
)


class Stay(HTTPRedirectHandler):
    """Answers with the redirect itself."""

    def redirect_request(self, *args):
        return None


def post_form(address, data) -> tuple[int, str]:
    """Status and Location of the answer, by a client of its own without cookies."""
    request = Request(address, urlencode(data).encode())  # noqa: S310 - our own server
    try:
        build_opener(Stay).open(request, timeout=60)
    except HTTPError as answer:
        with answer:
            return answer.code, answer.headers.get("Location", "")
    raise AssertionError("neither a redirect nor an error")


@pytest.mark.django_db(transaction=True)
def test_crowd_loses_nothing_and_doubles_nothing(live_site):
    """Each of them sends twice, at once; half of what they write shows immediately."""
    set_rules(policy="open", rate_held=WRITERS // 2)
    post = make_post()
    forms = [fields(body=f"Number {n}.", subscription="post") for n in range(WRITERS)] * 2

    with ThreadPoolExecutor(max_workers=20) as crowd:
        answers = list(crowd.map(lambda form: post_form(live_site + address_of(post), form), forms))

    assert {status for status, _location in answers} == {303}
    bodies = Comment.objects.values_list("body", flat=True)
    assert sorted(bodies) == sorted({form["body"] for form in forms})
    for form, (_status, location) in zip(forms, answers, strict=True):
        assert location == Comment.objects.get(body=form["body"]).get_absolute_url()
    assert Discussion.objects.get().approved_count == Comment.objects.approved().count()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["body", "name", "email", "site", "parent", "stamp", "topic"])
@effort(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(value=ANYTHING)
def test_no_value_of_any_field_breaks_the_page(client, name, value):
    post = make_post()
    client.cookies.clear()

    response = send(client, post, **{name: value})

    assert response.status_code in {303, 422}
    if response.status_code == 303:
        shown = client.get(response["Location"], follow=True)
        assert shown.status_code == 200
        stored = Comment.objects.get(post=post)
        assert len(stored.name.splitlines()) == 1
        assert not stored.site or stored.site.startswith(("http://", "https://"))


@pytest.mark.django_db
@effort(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    data=st.dictionaries(
        st.sampled_from([*fields(), "remember", "preview", "csrfmiddlewaretoken"]), ANYTHING
    )
)
def test_no_combination_of_fields_breaks_the_page(client, data):
    client.cookies.clear()

    response = client.post(address_of(make_post()), data)

    assert response.status_code in {200, 303, 403, 422}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        "[" * BODY_MAX_LENGTH,
        ">" * BODY_MAX_LENGTH,
        "*a" * (BODY_MAX_LENGTH // 2),
        "`" * BODY_MAX_LENGTH,
        "- " * (BODY_MAX_LENGTH // 2),
        "|a" * (BODY_MAX_LENGTH // 2) + "\n" + "|-" * 10,
        "![" * (BODY_MAX_LENGTH // 2),
        "<http://a>" * (BODY_MAX_LENGTH // 10),
        "\n".join(f"[{n}]: /x" for n in range(BODY_MAX_LENGTH // 10)),
    ],
    ids=lambda body: body[:6],
)
def test_worst_markdown_is_previewed_and_stored(client, body):
    preview = client.post("/comments/preview/", {"body": body[:BODY_MAX_LENGTH]})
    stored = send(client, make_post(), body=body[:BODY_MAX_LENGTH])

    assert (preview.status_code, stored.status_code) == (200, 303)
