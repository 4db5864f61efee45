"""Every page of the desk, for everybody: axe, both colours, a phone and a wide window."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from posts import draft_links, trash
from posts.models import Post
from posts.publishing import planned, reviewing
from posts.revisions import snapshots
from posts.tests.drafting import autosave
from posts.tests.factories import in_an_hour, make_post, make_series, make_tag, make_user
from posts.tests.pictures import picture_bytes, store
from posts.tests.test_browser_admin import violations
from posts.tests.writing import edit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FAULTY = "Words.\n\n# Too high\n\n![](/media/none.png)\n\n```pyhton\nx\n```\n\n[a](/post/none/)\n"


@pytest.fixture
def editor():
    return make_user(display_name="Grace", is_staff=True, is_superuser=True)


@pytest.fixture
def client_of_editor(editor):
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture(params=[(360, "light"), (360, "dark"), (1440, "light"), (1440, "dark")])
def desk(request, page, live_site, client_of_editor):
    width, scheme = request.param
    name = settings.SESSION_COOKIE_NAME
    value = client_of_editor.cookies[name].value
    page.context.add_cookies([{"name": name, "value": value, "url": live_site}])
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    return page


def faults_of(page, what: str) -> list[str]:
    page.wait_for_load_state("networkidle")
    found = [f"{what} {problem}" for problem in violations(page)]
    if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        found.append(f"{what} scrolls sideways")
    return found


def faults_at(page, *paths: str) -> list[str]:
    found = []
    for path in paths:
        answer = page.goto(path)
        assert answer.status == 200, path
        found += faults_of(page, path)
    return found


def change(post: Post, query="") -> str:
    return f"/admin/posts/post/{post.pk}/change/{query}"


def test_writing_page_in_every_state(desk, editor):
    draft = make_post(authors=[editor], body=FAULTY, published_at=None)
    review = make_post(authors=[editor], published_at=None)
    reviewing.submit(review, editor, "Is it ready?")
    scheduled = make_post(published_at=in_an_hour())
    expired = make_post(expires_at=timezone.now())
    waiting = make_post(body="Old words.\n")
    planned.prepare(waiting, snapshots.snapshot(waiting), "New words.\n", in_an_hour(), by=editor)
    gone = make_post(title="Gone")
    trash.move_to_trash(gone, by=editor, why="Out of date")
    for days in (1, 7):
        draft_links.make(draft, editor, days, "Ada")

    found = faults_at(
        desk,
        *(change(post) for post in (draft, review, scheduled, expired, waiting, gone)),
        change(waiting, "?planned=1"),
        f"/admin/posts/post/{waiting.pk}/planned/compare/",
    )

    assert "\n".join(found) == ""


def test_all_that_opens_on_the_writing_page(desk):
    store(picture_bytes(), alt="A box")
    post = make_post(title="Tea", body="Words.\n\n## Leaves\n\nMore.\n")
    found = []

    def look(what, act):
        desk.goto(change(post))
        desk.wait_for_load_state("networkidle")
        act()
        found.extend(faults_of(desk, what))
        desk.keyboard.press("Escape")  # a mode is remembered for the next page

    def press_tool(name):
        desk.locator(".writing-tool:visible", has_text=name).first.click()

    text = desk.locator("#id_body")
    look("preview", lambda: press_tool("Preview"))
    look("focus", lambda: text.press("Control+."))
    look("full window", lambda: press_tool("Full window"))
    look("keys", lambda: press_tool("Keys"))
    look("pictures", lambda: text.press("Control+Shift+G"))
    look("outline", lambda: desk.get_by_text("Outline").click())
    look(
        "links",
        lambda: (
            text.press_sequentially("[[te"),
            desk.locator("#id_body_targets li").first.wait_for(),
        ),
    )
    look("panels", lambda: desk.evaluate(OPEN_ALL))

    assert "\n".join(found) == ""


OPEN_ALL = "for (const each of document.querySelectorAll('.desk-drawer details')) each.open = true"


def test_what_was_not_saved_and_what_was_saved_meanwhile(desk, client_of_editor):
    post = make_post(body="one\ntwo\nthree\n")
    autosave(client_of_editor, post, body="one\nzwei\nthree\n", title=post.title)
    based_on = Post.objects.get().revision_number
    edit(client_of_editor, post, body="one\ndeux\nthree\n")
    found = faults_at(desk, change(post))
    desk.get_by_role("link", name="Compare").first.click()
    found += faults_of(desk, "compared with what is saved")
    desk.goto(change(post))
    desk.get_by_role("link", name="Restore").first.click()
    found += faults_of(desk, "restored and merged")

    assert Post.objects.get().revision_number > based_on
    assert "\n".join(found) == ""


def test_revisions_and_what_readers_see_of_them(desk, client_of_editor):
    newer = make_post(title="Newer")
    post = make_post(body="Forty jobs.\n", slug="jobs", tested_with="Python 3.14")
    edit(client_of_editor, post, body="Fifty jobs.\n")
    edit(
        client_of_editor, post, body="Ninety jobs.\n", correction="It was ninety, not fifty, jobs."
    )
    edit(client_of_editor, post, superseded_by=str(newer.pk))
    revisions = f"/admin/posts/post/{post.pk}/revisions/"

    found = faults_at(
        desk,
        revisions,
        "/post/jobs/",
        newer.get_absolute_url(),
    )
    desk.goto(revisions)
    desk.get_by_role("button", name="Compare the two marked").click()
    found += faults_of(desk, "comparison")
    desk.goto(revisions)
    desk.get_by_role("link", name="Restore").first.click()
    found += faults_of(desk, "restoring")

    assert "\n".join(found) == ""


def test_lists_and_questions(desk, editor):
    tags = [make_tag("Bees"), make_tag("Wasps")]
    series = make_series("Walks")
    post = make_post(title="Bees", tags=tags, series=series, series_part=1)
    trash.move_to_trash(make_post(title="Gone"), by=editor)

    found = faults_at(
        desk,
        "/admin/posts/post/",
        f"/admin/posts/post/{post.pk}/delete/",
        f"/admin/posts/post/{post.pk}/import/",
        f"/admin/posts/series/{series.pk}/change/",
        f"/admin/posts/tag/{tags[0].pk}/change/",
        "/admin/posts/externallink/",
        "/admin/trash/",
        "/admin/search/?q=bees",
    )
    for kind, deed in [("tag", "Merge into…"), ("post", "Add tags …")]:
        desk.goto(f"/admin/posts/{kind}/")
        for box in desk.locator("#result_list .action-select").all():
            box.check()
        desk.locator("select[name=action]").select_option(label=deed)
        desk.locator("button[name=index]").click()
        found += faults_of(desk, deed)

    assert "\n".join(found) == ""


def test_text_has_the_window_and_nothing_lies_over_it(desk):
    desk.goto(change(make_post(title="A title", published_at=None)))
    desk.wait_for_load_state("networkidle")

    tools = desk.locator(".object-tools").bounding_box()
    title = desk.get_by_label("Title").bounding_box()
    state = desk.get_by_role("region", name="State").bounding_box()
    text = desk.locator("#id_body").bounding_box()

    assert tools["y"] + tools["height"] <= min(title["y"], state["y"])
    assert text["y"] <= 450  # begins on the first half of the first screen
    assert text["height"] >= 320
