"""Requests to the admin that none of its own pages would send are answered in words."""

import re

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import User
from blogsite.deskadmin import DeskAdmin
from posts.models import Redirect, Series, Tag
from posts.tests.factories import make_page, make_post, make_series, make_tag, make_user
from posts.tests.pictures import picture_bytes, store

pytestmark = pytest.mark.django_db

HUGE = "9" * 20  # more than any integer column holds
# The site's settings have no list.
ONE_ROW = {"sitesettings", "accountsettings"}  # their list leads to it
LISTED = [model for model in admin.site._registry if model._meta.model_name not in ONE_ROW]
# What one list has shown to be covered, the others cover again, in twice the time.
FIRST, *OTHERS = LISTED
each_list = pytest.mark.parametrize(
    "model",
    [FIRST, *(pytest.param(model, marks=pytest.mark.no_cover) for model in OTHERS)],
    ids=lambda model: model.__name__,
)


@pytest.fixture
def desk():
    """A signed-in editor who is shown error pages, as in production."""
    client = Client(raise_request_exception=False)
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def make_one_of_each():
    post = make_post(tags=[make_tag()], series=make_series(), cover=store(picture_bytes()))
    make_page()
    Redirect.objects.create(path="/old/", post=post)


def test_every_admin_has_these_manners():
    assert [each for each in admin.site._registry.values() if not isinstance(each, DeskAdmin)] == []


NONSENSE = [
    "{field}=" + HUGE,
    "{field}=-" + HUGE,
    "{field}__in=1," + HUGE,
    "{field}__gt=" + HUGE,
    "{field}=%00",
    "{field}=junk",
    "{field}__contains=%00",
    "{field}__isnull=junk",
    "{field}__range=1",
    "{field}__year=" + HUGE,
    "{field}__year=junk",
    "{field}__year=0",
    "{field}__year=9999&{field}__month=12&{field}__day=31",
    "{field}__year=2026&{field}__month=" + HUGE,
    "{field}__month=" + HUGE,
    "{field}__date=" + HUGE,
    "{field}__gte=0001-01-01T00:00:00%2B14:00",
    "{field}__week_day=" + HUGE,
    "{field}__regex=(",
    "{field}__iregex=[",
    "{field}__length=1",
    "{field}__contains=" + "x" * 60_000,
    "&".join(["{field}__contains=x"] * 990),
    "{field}__" + "__".join(["id"] * 300) + "=1",
    "{field}__" + "__".join(["id"] * 20) + "=1",
]


# Not in a transaction: PostgreSQL takes no more questions in one after an error.
@pytest.mark.django_db(transaction=True)
@each_list
def test_filter_without_sense_leads_to_the_whole_list(desk, model):
    make_one_of_each()
    url = address(model, "changelist")
    fields = [field.name for field in model._meta.get_fields()]
    queries = [query.format(field=field) for query in NONSENSE for field in fields]
    queries += ["p=" + HUGE, "p=junk", "o=" + HUGE, "o=junk.-", "junk=1", "all=junk", "e=1"]

    answers = {query[:80]: desk.get(f"{url}?{query}") for query in queries}

    # 200: of some fields it makes sense; 400: Django forbids the question.
    assert {
        q: a.status_code for q, a in answers.items() if a.status_code not in {200, 302, 400}
    } == {}
    assert {a.url for a in answers.values() if a.status_code == 302} <= {f"{url}?e=1", "?e=1"}


def test_filter_that_makes_sense_is_asked(desk):
    mine, other = make_post(published_at="2020-05-05T12:00Z"), make_post()

    listed = desk.get("/admin/posts/post/?published_at__year=2020").context["cl"].result_list

    assert (list(listed), other in listed) == ([mine], False)


SEARCHES = ["word " * 2000, "x" * 60_000, '"a phrase" ' * 2000, "\0", "'", '" "', "%", "\\" * 100]


@each_list
def test_search_of_any_length_is_answered(desk, model):
    make_one_of_each()

    answers = [desk.get(address(model, "changelist"), {"q": words}) for words in SEARCHES]

    assert {answer.status_code for answer in answers} == {200}


def test_search_looks_for_its_first_words(desk):
    words = [f"word{number}" for number in range(20)]
    all_words, few_words = make_post(body=" ".join(words)), make_post(body=" ".join(words[:8]))
    make_post(body=" ".join(words[:7]))

    found = desk.get("/admin/posts/post/", {"q": " ".join(words)}).context["cl"].result_list

    assert set(found) == {all_words, few_words}


@pytest.mark.parametrize("term", SEARCHES)
def test_suggestions_are_answered_whatever_is_typed(desk, term):
    make_one_of_each()
    asked = {"app_label": "posts", "model_name": "post", "field_name": "series", "term": term}

    assert desk.get(reverse("admin:autocomplete"), asked).status_code == 200


@each_list
def test_marked_rows_that_could_be_none_are_left_out(desk, model):
    make_one_of_each()
    actions = ["delete_selected", "move_selected_to_trash", "restore_selected", "junk"]
    count = model._base_manager.count()

    answers = [
        desk.post(
            address(model, "changelist"),
            {"action": action, "_selected_action": ["abc", HUGE, "\0"], "post": "yes"},
        )
        for action in actions
    ]

    assert {answer.status_code for answer in answers} <= {200, 302}
    assert model._base_manager.count() == count


@each_list
def test_row_that_could_be_none_is_not_found(desk, model):
    url = address(model, "changelist")
    pks = ["abc", HUGE, "%00", "_5F", "1/2", "-1"]
    actions = ["change", "delete", "history", "restore", "password"]
    pages = [f"{url}{pk}/{action}/" for pk in pks for action in actions]

    answers = [desk.get(page) for page in pages] + [desk.post(page, {}) for page in pages]

    # 403 where nobody may change a row, whichever it is.
    assert {answer.status_code for answer in answers} <= {302, 403, 404, 405}


@pytest.mark.parametrize("model", ["post", "page"])
@pytest.mark.parametrize("pk", ["abc", "x", HUGE, "%00"])
def test_text_that_could_be_none_is_not_restored(desk, model, pk):
    assert desk.post(f"/admin/posts/{model}/{pk}/restore/").status_code == 404


OFFERS = ["abc", "zz", HUGE, "-" + HUGE, "\0", "", "1e999", "0001-01-01T00:00:00+14:00", "1,zz"]


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model.__name__)
@pytest.mark.parametrize("offer", OFFERS)
def test_offer_that_no_field_can_hold_is_passed_over(desk, model, offer):
    names = [field.name for field in model._meta.get_fields()]
    more = ["tag_names", "upload", "password1", "usable_password", "bylines-0-user"]

    response = desk.get(address(model, "add"), dict.fromkeys(names + more, offer))

    may_add = admin.site._registry[model].has_add_permission(response.wsgi_request)
    assert response.status_code == (200 if may_add else 403)


def test_offers_that_fit_fill_in_the_form(desk):
    series = make_series()
    offers = {"title": "T", "series": series.pk, "published_at": "2026-01-02T03:04", "cover": "zz"}

    form = desk.get("/admin/posts/post/add/", offers).context["adminform"].form

    assert (form["title"].value(), form["series"].value()) == ("T", series.pk)
    assert form["published_at"].value().isoformat() == "2026-01-02T03:04:00+00:00"
    assert form["cover"].value() is None


@pytest.mark.parametrize("value", ["abc", HUGE, "-" + HUGE, "\0", "1" * 5000])
@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("post", "cover"),
        ("post", "series"),
        ("post", "superseded_by"),
        ("post", "bylines-0-user"),
        ("post", "bylines-0-id"),
        ("post", "bylines-0-post"),
        ("post", "bylines-0-position"),
        ("post", "bylines-INITIAL_FORMS"),
        ("post", "series_part"),
        ("post", "published_at_0"),
        ("page", "position"),
        ("redirect", "post"),
        ("redirect", "author"),
    ],
)
def test_choice_that_could_be_none_is_an_error_of_the_form(desk, model, field, value):
    data = {"title": "T", "path": "/old/", "bylines-TOTAL_FORMS": 1, "bylines-INITIAL_FORMS": 0}

    response = desk.post(f"/admin/posts/{model}/add/", data | {field: value})

    assert response.status_code == 200
    assert b"errornote" in response.content


def test_former_choice_is_shown_again_beside_the_error(desk):
    series = make_series("Kept")

    response = desk.post("/admin/posts/post/add/", {"series": series.pk, "cover": "abc"})

    chosen = re.findall(r'<option value="(\d+)" selected>', response.content.decode())
    assert chosen == [str(series.pk)]


def test_everything_unique_is_refused_in_words(desk):
    make_tag("Python", slug="python")
    User.objects.create_user("ada@example.org", handle="ada")

    tag = desk.post("/admin/posts/tag/add/", {"name": "Other", "slug": "python"})
    group = desk.post("/admin/posts/series/add/", {"title": "", "slug": ""})

    assert "already exists" in tag.content.decode()
    assert group.status_code == 200
    assert (Tag.objects.count(), Series.objects.count()) == (1, 0)
