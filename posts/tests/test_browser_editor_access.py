"""The writing page with everything on it that opens: axe finds nothing, on a phone and a desktop."""

# ruff: noqa: F811  fixtures of another module

import pytest
from axe_playwright_python.sync_playwright import Axe

from posts.tests.factories import make_post
from posts.tests.pictures import picture_bytes, store
from posts.tests.test_browser_admin import (  # noqa: F401
    complaints,
    desk,
    drop,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def problems(page, where) -> list[str]:
    """All of axe's rules, its good practice as well."""
    page.wait_for_load_state()  # its style sheets as well
    # `preload` would put the sheets of the page into it once more, which its policy forbids.
    found = Axe().run(page, options={"preload": False}).response["violations"]
    return [
        f"{where}: {rule['id']} {node['html'][:160]}" for rule in found for node in rule["nodes"]
    ]


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_that_opens_while_writing_is_open_to_everyone(desk, scheme, width):
    store(picture_bytes(size=(600, 400)))
    post = make_post(title="Tea", body="## Leaves\n\nFour [a](/post/none/).\n", published_at=None)
    desk.set_viewport_size({"width": width, "height": 900})
    desk.emulate_media(color_scheme=scheme)
    desk.goto(f"/admin/posts/post/{post.pk}/change/")
    desk.wait_for_load_state("networkidle")
    desk.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    drop(desk, ("bad.png", b"<svg onload=alert(1)>"))
    desk.get_by_text("bad.png:").wait_for()
    found = problems(desk, "with all folds open")

    text = desk.locator("#id_body")
    desk.evaluate("document.querySelector('[data-writing-outline]').open = false")
    text.focus()
    desk.keyboard.press("Control+End")
    desk.keyboard.type("See [[tea")
    desk.get_by_role("option").first.wait_for()
    found += problems(desk, "with links to choose from")
    desk.keyboard.press("Escape")

    text.press("Control+Shift+G")
    desk.locator("[data-picker-grid] button").wait_for()
    desk.keyboard.press("ArrowDown")
    desk.get_by_label("What it shows").wait_for()
    found += problems(desk, "with pictures to choose from")
    desk.keyboard.press("Escape")

    text.press("Control+/")
    desk.get_by_role("dialog", name="Keys").wait_for()
    found += problems(desk, "with the list of keys")
    desk.keyboard.press("Escape")

    text.press("Control+Shift+Y")
    desk.frame_locator("iframe[title=Preview]").locator("h2").wait_for()
    found += problems(desk, "with the preview")

    assert "\n".join(found) == ""
