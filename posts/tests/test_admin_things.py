"""Tags, series, pictures, redirects and the site's settings in the admin."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from posts.models import Image, Redirect, Series, SiteSettings, Tag
from posts.tests.factories import make_post, make_series, make_tag, make_user
from posts.tests.pictures import files_in, picture_bytes, store
from posts.tests.writing import fields_of

pytestmark = pytest.mark.django_db

MODELS = ["post", "page", "tag", "series", "image", "redirect"]


@pytest.fixture
def desk(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


def address(model, page, *args):
    return reverse(f"admin:posts_{model}_{page}", args=args)


def upload_of(data, name="photo.png"):
    return SimpleUploadedFile(name, data, "image/png")


@pytest.mark.parametrize("model", MODELS)
def test_lists_and_forms_open(desk, model):
    make_post(tags=[make_tag()], series=make_series())
    store(picture_bytes())

    assert desk.get(address(model, "changelist")).status_code == 200
    assert desk.get(address(model, "changelist"), {"q": "word"}).status_code == 200
    assert desk.get(address(model, "add")).status_code == 200


def test_tag_and_series_get_a_slug_when_none_is_given(desk):
    make_tag("Café", slug="cafe")

    desk.post(address("tag", "add"), {"name": "Cafe", "slug": "", "description": ""})
    desk.post(address("series", "add"), {"title": "From zero", "slug": "", "description": ""})

    assert Tag.objects.get(name="Cafe").slug == "cafe-2"
    assert Series.objects.get().slug == "from-zero"


def test_tag_that_differs_by_case_only_is_refused(desk):
    make_tag("Python")

    response = desk.post(address("tag", "add"), {"name": "python", "slug": "py"})

    assert "There is a tag with this name already." in response.content.decode()


def test_renamed_tag_keeps_its_old_address(desk, client):
    tag = make_tag("Old", slug="old")
    make_post(tags=[tag])

    desk.post(address("tag", "change", tag.pk), {"name": "New", "slug": "new", "description": ""})

    assert client.get("/tag/old/").url == "/tag/new/"


def test_tag_list_counts_posts_that_are_not_in_the_trash(desk):
    tag = make_tag()
    make_post(tags=[tag])
    make_post(tags=[tag], deleted_at="2026-01-01T00:00:00Z")

    listed = desk.get(address("tag", "changelist")).context["cl"].result_list

    assert [row.living for row in listed] == [1]


@pytest.mark.parametrize("many", [False, True])
def test_deleted_tag_says_that_it_is_gone_where_readers_knew_it(desk, client, many):
    known, unknown = make_tag(slug="known"), make_tag(slug="unknown")
    make_post(tags=[known])

    if many:
        chosen = {"_selected_action": [known.pk, unknown.pk]}
        data = chosen | {"action": "delete_selected", "post": "yes"}
        desk.post(address("tag", "changelist"), data)
    else:
        desk.post(address("tag", "delete", known.pk), {"post": "yes"})
        desk.post(address("tag", "delete", unknown.pk), {"post": "yes"})

    assert not Tag.objects.exists()
    assert client.get("/tag/known/").status_code == 410
    assert client.get("/tag/unknown/").status_code == 404


def test_picture_is_uploaded_with_its_words(desk):
    response = desk.post(
        address("image", "add"),
        {"upload": upload_of(picture_bytes()), "alt": "A box", "caption": "Figure 1"},
    )

    image = Image.objects.get()
    assert response.status_code == 302
    assert (image.alt, image.caption, image.original_name) == ("A box", "Figure 1", "photo.png")
    assert image.uploaded_by.is_superuser


def test_picture_that_is_none_is_refused_in_words(desk, media_folder):
    response = desk.post(address("image", "add"), {"upload": upload_of(b"<svg>"), "alt": ""})

    assert response.context["adminform"].form.errors["upload"] == [
        "SVG pictures can carry programs, so they are not taken. Please export it as PNG."
    ]
    assert files_in(media_folder) == []


def test_picture_whose_words_are_too_long_is_not_stored(desk, media_folder):
    data = {"upload": upload_of(picture_bytes()), "alt": "x" * 501}

    response = desk.post(address("image", "add"), data)

    assert list(response.context["adminform"].form.errors) == ["alt"]
    assert files_in(media_folder) == []


def test_words_of_a_picture_can_be_changed_and_nothing_else(desk):
    image = store(picture_bytes())

    desk.post(
        address("image", "change", image.pk),
        {"alt": "A box", "caption": "", "file": "evil", "digest": "evil"},
    )

    changed = Image.objects.get()
    assert (changed.alt, changed.file, changed.digest) == ("A box", image.file, image.digest)


def test_picture_tells_where_it_is_used(desk):
    image = store(picture_bytes())
    in_text = make_post(body=f"![]({image.url})")
    as_cover = make_post(cover=image)
    make_post(title="Elsewhere")

    html = desk.get(address("image", "change", image.pk)).content.decode()

    used = [str(post) for post in (in_text, as_cover) if str(post) in html]
    assert used == [in_text.title, as_cover.title]
    assert "Elsewhere" not in html


def test_pictures_without_a_description_can_be_listed(desk):
    plain = store(picture_bytes())
    described = store(picture_bytes(colour="red"), alt="Red")

    def listed(answer):
        response = desk.get(address("image", "changelist"), {"described": answer})
        return list(response.context["cl"].result_list)

    assert (listed("no"), listed("yes")) == ([plain], [described])


@pytest.mark.parametrize("model", ["image", "redirect", "tag"])
def test_list_costs_the_same_for_one_and_for_many(desk, model):
    def make_rows(count):
        for _number in range(count):
            tag = make_tag()
            store(picture_bytes(size=(10, 2 + Image.objects.count())))
            Redirect.objects.create(path=f"/{tag.slug}-old/", tag=tag)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            desk.get(address(model, "changelist"))
        return len(captured)

    make_rows(1)
    before = queries()
    make_rows(4)

    assert queries() == before


def test_redirect_leads_to_exactly_one_place(desk, client):
    empty = {"post": "", "page": "", "tag": "", "series": "", "author": "", "to_path": ""}
    add = address("redirect", "add")
    post = make_post()

    none = desk.post(add, empty | {"path": "/old/"}).content.decode()
    two = desk.post(add, empty | {"path": "/old/", "post": post.pk, "gone": "on"}).content.decode()
    desk.post(add, empty | {"path": "/old/", "post": post.pk})

    assert "Choose exactly one place to lead to" in none
    assert "Choose exactly one place to lead to" in two
    assert client.get("/old/").url == post.get_absolute_url()


def test_redirect_list_says_where_each_leads(desk):
    Redirect.objects.create(path="/a/", gone=True)
    Redirect.objects.create(path="/b/", to_path="/c/")
    Redirect.objects.create(path="/d/", post=make_post(title="Target"))

    html = desk.get(address("redirect", "changelist")).content.decode()

    cells = [part.partition("<")[0] for part in html.split('field-leads_to">')[1:]]
    assert cells == ["gone", "/c/", "Target"]


def test_site_settings_are_one_form(desk):
    response = desk.get(address("sitesettings", "changelist"))

    filled = fields_of(desk.get(response.url))
    desk.post(response.url, filled | {"title": "My site", "accent_hue": "150"})

    site = SiteSettings.objects.get()
    assert (site.title, site.accent_hue) == ("My site", 150)
    assert desk.get(address("sitesettings", "add")).status_code == 403
    assert desk.post(address("sitesettings", "delete", 1), {"post": "yes"}).status_code == 403
    missing = desk.get(address("sitesettings", "change", 2))
    assert missing.url == reverse("admin:index")


@pytest.mark.parametrize("model", [*MODELS, "sitesettings"])
def test_staff_without_permissions_see_nothing(client, model):
    client.force_login(make_user(is_staff=True))
    pages = [address(model, "add"), address(model, "change", 1)]
    if model != "sitesettings":
        pages.append(address(model, "changelist"))

    assert {client.get(page).status_code for page in pages} <= {302, 403}
    for page in pages:
        response = client.get(page)
        assert response.status_code == 403 or response.url == reverse("admin:index")


def test_permission_for_one_thing_opens_no_other(client):
    user = make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_tag"))
    client.force_login(user)

    tag = make_tag()

    assert client.get(address("tag", "changelist")).status_code == 200
    assert client.get(address("tag", "change", tag.pk)).status_code == 200
    assert client.get(address("tag", "add")).status_code == 403
    assert client.get(address("post", "changelist")).status_code == 403


def test_suggested_series_come_in_order(desk):
    for title in ["C", "A", "B"]:
        make_series(title)
    asked = {"app_label": "posts", "model_name": "post", "field_name": "series"}

    results = desk.get(reverse("admin:autocomplete"), asked).json()["results"]

    assert [result["text"] for result in results] == ["A", "B", "C"]
