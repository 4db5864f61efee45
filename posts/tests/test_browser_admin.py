"""The desk in a real browser."""

import base64

import pytest
from axe_playwright_python.sync_playwright import Axe

from posts.models import Image, Post
from posts.tests.factories import make_post, make_tag, make_user
from posts.tests.pictures import picture_bytes, store

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a long enough password"
SOURCE = "# A heading\n\nWords with *weight* and `code`.\n\n```python\nprint(1)\n```\n"


@pytest.fixture
def complaints(page):
    """What the browser complained of: broken policies, failed scripts."""
    lines = []

    def hear_error(error):
        # The login page would fade into the next page; the desk does not fade.
        if not str(error).startswith("Transition was aborted"):
            lines.append(str(error))

    page.on("pageerror", hear_error)
    page.on(
        "console",
        lambda message: (
            lines.append(message.text)
            if message.type == "error" and "Failed to load resource" not in message.text
            else None
        ),
    )
    return lines


@pytest.fixture
def desk(page, complaints):
    """A browser in which an editor has signed in by e-mail."""
    make_user(email="editor@example.org", password=PASSWORD, is_staff=True, is_superuser=True)
    page.goto("/admin/")
    page.get_by_label("E-mail").fill("Editor@Example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/admin/")
    return page


def drop(page, *files: tuple[str, bytes]):
    """Drop files on the text, as from a folder."""
    page.get_by_label("Text").evaluate(
        """(text, files) => {
            const transfer = new DataTransfer();
            for (const [name, data] of files) {
                const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
                transfer.items.add(new File([bytes], name, { type: "image/png" }));
            }
            for (const type of ["dragover", "drop"])
                text.dispatchEvent(new DragEvent(type, {
                    dataTransfer: transfer, bubbles: true, cancelable: true }));
        }""",
        [[name, base64.b64encode(data).decode()] for name, data in files],
    )


def preview_of(page):
    return page.frame_locator("iframe[title=Preview]").locator(".prose")


def test_post_is_written_with_a_dropped_picture_previewed_and_published(desk, complaints):
    desk.goto("/admin/posts/post/add/")
    desk.get_by_label("Title").fill("A day in the hills")
    desk.get_by_label("Text").fill(SOURCE)
    desk.get_by_label("Tags:", exact=True).fill("Hills, Walking")
    desk.get_by_role("button", name="Preview").click()
    drop(desk, ("hills.png", picture_bytes(size=(600, 400))))
    desk.get_by_text("Please say between the brackets").wait_for()
    desk.keyboard.type("Green hills")
    preview_of(desk).get_by_alt_text("Green hills").wait_for()
    shown = preview_of(desk).inner_html()
    assert desk.get_by_label("Slug").input_value() == "a-day-in-the-hills"

    desk.get_by_role("button", name="Publish now").click()
    desk.wait_for_url("**/change/")

    post = Post.objects.get()
    image = Image.objects.get()
    assert post.is_published
    assert post.body == f"{SOURCE}\n![Green hills]({image.url})\n\n"
    assert [tag.name for tag in post.tags.all()] == ["Hills", "Walking"]

    with desk.expect_navigation():
        desk.get_by_role("link", name="View on site").click()
    assert desk.url.endswith("/post/a-day-in-the-hills/")
    assert desk.locator(".post-text").get_by_alt_text("Green hills").is_visible()
    # Scripts of the page may add buttons; what the renderer wrote is the same.
    assert " ".join(shown.split()) == " ".join(as_parsed(desk, post.body_html).split())
    assert complaints == []


def as_parsed(page, html):
    return page.evaluate(
        """(html) => { const box = document.createElement("template");
            box.innerHTML = html; return box.innerHTML; }""",
        html,
    )


def test_several_dropped_pictures_come_in_order_and_bad_ones_are_named(desk):
    desk.goto("/admin/posts/post/add/")

    drop(
        desk,
        ("one.png", picture_bytes(colour="red")),
        ("bad.png", b"<svg onload=alert(1)>"),
        ("two.png", picture_bytes(colour="blue")),
    )
    desk.get_by_text("Please say between the brackets").wait_for()

    one, two = Image.objects.order_by("pk")
    assert desk.get_by_label("Text").input_value() == f"![]({one.url})\n\n![]({two.url})\n\n"
    assert desk.get_by_role("alert").inner_text().startswith("bad.png: SVG pictures")


def test_pasted_picture_is_uploaded_and_pasted_words_are_left_alone(desk):
    desk.goto("/admin/posts/post/add/")

    def paste(with_text):
        desk.get_by_label("Text").evaluate(
            """(text, [data, withText]) => {
                const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
                const transfer = new DataTransfer();
                transfer.items.add(new File([bytes], "image.png", { type: "image/png" }));
                if (withText) transfer.setData("text/plain", "words");
                text.dispatchEvent(new ClipboardEvent("paste", {
                    clipboardData: transfer, bubbles: true, cancelable: true }));
            }""",
            [base64.b64encode(picture_bytes()).decode(), with_text],
        )

    paste(with_text=True)
    paste(with_text=False)
    desk.get_by_text("Please say between the brackets").wait_for()

    assert desk.get_by_label("Text").input_value() == f"![]({Image.objects.get().url})\n\n"


def test_undo_takes_an_inserted_picture_back(desk):
    desk.goto("/admin/posts/post/add/")
    desk.get_by_label("Text").press_sequentially("Words")
    drop(desk, ("one.png", picture_bytes()))
    desk.get_by_text("Please say between the brackets").wait_for()

    desk.keyboard.press("Control+z")

    assert desk.get_by_label("Text").input_value() == "Words"


def test_editor_who_was_signed_out_meanwhile_is_told_and_keeps_the_text(desk):
    desk.goto("/admin/posts/post/add/")
    desk.get_by_label("Text").fill("Long thoughts")
    desk.context.clear_cookies()

    desk.get_by_role("button", name="Preview").click()

    desk.get_by_text("Your text is still here").wait_for()
    assert desk.get_by_label("Text").input_value() == "Long thoughts"


def test_tags_are_suggested_for_the_last_name_typed(desk):
    make_tag("Python")
    make_tag("Pyramids")
    make_tag("Django")
    desk.goto("/admin/posts/post/add/")

    desk.get_by_label("Tags:", exact=True).press_sequentially("django, py")

    options = desk.locator("datalist option").evaluate_all("all => all.map((one) => one.value)")
    assert options == ["django, Pyramids", "django, Python"]


def test_leaving_unsaved_words_is_asked_about(desk):
    desk.goto("/admin/posts/post/add/")
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    desk.get_by_label("Title").press_sequentially("Unsaved")
    desk.goto("/admin/")

    assert asked == ["beforeunload"]


def test_writing_works_without_script(browser, live_site, desk):
    context = browser.new_context(
        base_url=live_site,
        java_script_enabled=False,
        storage_state=desk.context.storage_state(),
    )
    plain = context.new_page()
    plain.goto("/admin/posts/post/add/")
    plain.get_by_label("Title").fill("Plain")
    plain.get_by_label("Text").fill("\n  Two\n\tlines  \n")

    plain.get_by_role("button", name="Publish now").click()

    assert Post.objects.get().body == "\n  Two\n\tlines  \n"
    context.close()


def test_lists_that_search_are_named_for_what_they_choose(desk):
    post = make_post(title="The target")
    desk.goto(f"/admin/posts/redirect/add/?post={post.pk}")

    chosen = desk.get_by_role("combobox", name="Post: × The target")
    chosen.wait_for()
    empty = desk.get_by_role("combobox", name="Page:")
    empty.click()
    search = desk.get_by_role("searchbox", name="Page:")
    search.wait_for()

    assert [found.count() for found in (chosen, empty, search)] == [1, 1, 1]


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
def test_desk_is_open_to_everyone(desk, complaints, scheme, width):
    """No violation of WCAG 2.2 AA, no broken policy, nothing scrolls sideways."""
    image = store(picture_bytes(size=(600, 400)), alt="A box")
    post = make_post(tags=[make_tag()], body=f"{SOURCE}\n![]({image.url})\n")
    make_post(published_at=None)
    desk.set_viewport_size({"width": width, "height": 900})
    desk.emulate_media(color_scheme=scheme)
    found = []

    for path in [
        "/admin/",
        "/admin/posts/post/",
        "/admin/posts/post/add/",
        f"/admin/posts/post/{post.pk}/change/",
        f"/admin/posts/post/{post.pk}/delete/",
        f"/admin/posts/image/{image.pk}/change/",
        "/admin/posts/sitesettings/1/change/",
        "/admin/posts/redirect/add/",
    ]:
        desk.goto(path)
        desk.wait_for_load_state("networkidle")
        found += [f"{path} {problem}" for problem in violations(desk)]
        wide = desk.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"{path} is {wide} px wide")

    assert "\n".join(found) == ""
    assert complaints == []


def violations(page) -> list[str]:
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    # `preload` would put the sheets of the page into it once more, which its policy forbids.
    options = {"runOnly": {"type": "tag", "values": tags}, "preload": False}
    page.wait_for_load_state()  # its style sheets as well
    result = Axe().run(page, options=options)
    return [
        f"{rule['id']}: {node['html'][:120]} {node.get('failureSummary', '')[:160]}"
        for rule in result.response["violations"]
        for node in rule["nodes"]
    ]
