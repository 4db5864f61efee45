"""Nothing that is typed is lost: crashes, no network, an ended session, two windows."""

import os
import signal
import subprocess
import time
from contextlib import suppress

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from blogsite.tests.plugin import CHROMIUM, CHROMIUM_FLAGS
from posts.models import Post, WorkingCopy
from posts.tests.factories import make_post, make_user
from posts.tests.test_browser_admin import PASSWORD, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BASE = "one\ntwo\nthree\nfour\nfive\n"


@pytest.fixture
def editor():
    return make_user(
        email="editor@example.org", password=PASSWORD, is_staff=True, is_superuser=True
    )


def sign_in(page):
    page.goto("/admin/")
    page.get_by_label("E-mail").fill("editor@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/admin/")


@pytest.fixture
def desk(page, editor):
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page)
    return page


def open_post(page, post):
    page.goto(f"/admin/posts/post/{post.pk}/change/")


def type_text(page, words):
    text = page.locator("#id_body")
    text.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def text_of(page):
    return page.locator("#id_body").input_value()


def wait_until_kept(page):
    page.get_by_text("Saved as a draft copy").wait_for()


def test_text_is_kept_while_typing_and_restored_from_the_notice(desk):
    post = make_post(body="Stored. ")
    open_post(desk, post)
    type_text(desk, "Typed words.")
    wait_until_kept(desk)

    open_post(desk, post)
    notice = desk.get_by_role("status", name="Not saved yet")
    notice.get_by_text("(+2 words)").wait_for()
    notice.get_by_role("link", name="Restore").click()
    desk.wait_for_url("**?copy=*")

    assert text_of(desk) == "Stored. Typed words."
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.wait_for_url("**/change/")
    assert Post.objects.get().body == "Stored. Typed words."
    desk.wait_for_load_state("networkidle")
    assert not notice.is_visible()


@pytest.mark.parametrize("path", ["post/{}/change/", "post/add/", "page/add/"])
def test_untouched_page_keeps_nothing(desk, path):
    post = make_post(body="Stored.\n\n* a\n")
    desk.goto(f"/admin/posts/{path.format(post.pk)}")
    desk.wait_for_load_state("networkidle")
    desk.wait_for_timeout(6000)  # longer than anything that was typed would wait

    assert [copy.fields for copy in WorkingCopy.objects.all()] == [None]


def test_what_is_taken_back_again_is_not_offered(desk):
    post = make_post(body="Stored. ")
    open_post(desk, post)
    type_text(desk, "x")
    wait_until_kept(desk)

    desk.keyboard.press("Backspace")
    desk.get_by_text("Saved as a draft copy").wait_for(state="hidden")

    assert [copy.fields for copy in WorkingCopy.objects.all()] == [None]


def test_notice_can_be_thrown_away(desk):
    post = make_post(body="Stored. ")
    open_post(desk, post)
    type_text(desk, "Typed.")
    wait_until_kept(desk)
    open_post(desk, post)
    notice = desk.get_by_role("status", name="Not saved yet")

    notice.get_by_role("button", name="Throw away").click()
    notice.wait_for(state="hidden")

    assert not WorkingCopy.objects.exclude(fields__isnull=True).exists()
    open_post(desk, post)
    desk.wait_for_load_state("networkidle")
    assert not notice.is_visible()


def test_text_written_offline_is_kept_in_the_browser_and_comes_back(desk):
    post = make_post(body="Stored. ")
    open_post(desk, post)
    desk.wait_for_load_state("networkidle")
    desk.context.set_offline(True)
    type_text(desk, "Typed offline.")
    desk.get_by_text("Offline: kept in this browser.").wait_for()
    assert not WorkingCopy.objects.exclude(fields__isnull=True).exists()

    desk.close(run_before_unload=False)
    desk.context.set_offline(False)
    again = desk.context.new_page()
    open_post(again, post)
    again.get_by_role("status", name="Not saved yet").get_by_role("link", name="Restore").click()
    again.wait_for_url("**?copy=*")

    assert text_of(again) == "Stored. Typed offline."


def test_save_without_a_network_stays_on_the_page(desk):
    post = make_post(body="Stored. ")
    open_post(desk, post)
    desk.wait_for_load_state("networkidle")
    desk.context.set_offline(True)
    type_text(desk, "Typed offline.")

    desk.keyboard.press("Control+s")
    desk.get_by_text("Not saved: there is no network.").wait_for()
    text_meanwhile = text_of(desk)
    desk.context.set_offline(False)
    with desk.expect_navigation():
        desk.keyboard.press("Control+s")
    desk.wait_for_load_state("networkidle")

    assert text_meanwhile == "Stored. Typed offline."
    assert Post.objects.get().body == "Stored. Typed offline."


def test_long_text_fits_into_the_browser(desk):
    words = "word " * 20_000
    post = make_post(body="Stored.")
    open_post(desk, post)
    desk.wait_for_load_state("networkidle")
    # Full, as other pages of the site may have made it.
    desk.evaluate("""() => { let part = "x".repeat(1024 * 1024);
        try { for (let n = 0; ; n += 1) localStorage.setItem("filler" + n, part); } catch {}
        part = "x".repeat(1024);
        try { for (let n = 0; ; n += 1) localStorage.setItem("grain" + n, part); } catch {} }""")
    desk.context.set_offline(True)
    desk.locator("#id_body").fill(words)
    desk.get_by_text("Offline: kept in this browser.").wait_for()

    desk.close(run_before_unload=False)
    desk.context.set_offline(False)
    again = desk.context.new_page()
    open_post(again, post)
    again.get_by_role("status", name="Not saved yet").get_by_role("link", name="Restore").click()
    again.wait_for_url("**?copy=*")

    assert text_of(again) == words


def test_ended_session_is_taken_up_in_a_new_tab_and_nothing_is_lost(desk):
    post = make_post(body="Stored. ")
    open_post(desk, post)
    desk.wait_for_load_state("networkidle")
    Session.objects.all().delete()
    type_text(desk, "Typed while signed out.")
    desk.get_by_text("Signed out: kept in this browser.").wait_for()

    with desk.context.expect_page() as opened:
        desk.get_by_role("link", name="Sign in in a new tab").click()
    tab = opened.value
    tab.get_by_label("E-mail").fill("editor@example.org")
    tab.get_by_label("Password", exact=True).fill(PASSWORD)
    tab.get_by_role("button", name="Sign in", exact=True).click()
    tab.get_by_text("go on writing").wait_for()
    tab.close()
    type_text(desk, " And on.")
    wait_until_kept(desk)
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.wait_for_url("**/change/")

    desk.wait_for_load_state("networkidle")
    assert Post.objects.get().body == "Stored. Typed while signed out. And on."


def test_what_was_typed_into_a_restored_text_outlives_an_ended_session(desk):
    post = make_post(body="Stored. ")
    open_post(desk, post)
    type_text(desk, "Kept. ")
    wait_until_kept(desk)
    open_post(desk, post)
    desk.get_by_role("status", name="Not saved yet").get_by_role("link", name="Restore").click()
    desk.wait_for_url("**?copy=*")
    desk.wait_for_load_state("networkidle")
    Session.objects.all().delete()

    type_text(desk, "Typed on.")
    desk.keyboard.press("Control+s")
    desk.get_by_label("E-mail").fill("editor@example.org")
    desk.get_by_label("Password", exact=True).fill(PASSWORD)
    desk.get_by_role("button", name="Sign in", exact=True).click()
    desk.wait_for_url("**?copy=*")
    # What was restored before may be offered as well, and has fewer words.
    offers = desk.get_by_role("status", name="Not saved yet").get_by_role("listitem")
    offers.filter(has_text="+3").get_by_role("link", name="Restore").click()

    expect(desk.locator("#id_body")).to_have_value("Stored. Kept. Typed on.")


def test_save_that_fails_loses_nothing(desk):
    post = make_post(body="Stored. ")
    open_post(desk, post)
    desk.wait_for_load_state("networkidle")
    broken = {"method": "POST"}
    desk.route(
        "**/change/",
        lambda route: (
            route.fulfill(status=503, body="busy")
            if route.request.method == broken["method"]
            else route.continue_()
        ),
    )
    type_text(desk, "Typed.")
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.get_by_text("busy").wait_for()
    broken.clear()
    broken["method"] = "NONE"

    open_post(desk, post)
    desk.get_by_role("status", name="Not saved yet").get_by_role("link", name="Restore").click()
    desk.wait_for_url("**?copy=*")

    assert text_of(desk) == "Stored. Typed."


def test_two_windows_see_each_other_and_merge(desk):
    post = make_post(title="Two", body=BASE)
    open_post(desk, post)
    desk.wait_for_load_state("networkidle")
    second = desk.context.new_page()
    open_post(second, post)
    second.get_by_text("You, in another window").wait_for()
    second.locator("#id_body").fill(BASE.replace("three", "3"))
    second.get_by_role("button", name="Save", exact=True).click()
    second.wait_for_url("**/change/")
    desk.bring_to_front()
    desk.locator("#id_body").fill(BASE.replace("three", "drei") + "six\n")

    desk.get_by_role("button", name="Save", exact=True).click()
    alert = desk.get_by_role("alert").filter(has_text="while you were writing")
    alert.wait_for()
    assert Post.objects.get().body == BASE.replace("three", "3")
    assert violations(desk) == []
    desk.get_by_role("button", name="Merge both").click()
    desk.get_by_text("1 conflict").wait_for()
    assert violations(desk) == []
    desk.get_by_role("button", name="Line 3").click()
    marked = desk.locator("#id_body").evaluate(
        "text => text.value.slice(text.selectionStart, text.selectionEnd)"
    )
    assert marked == "<<<<<<< yours"
    desk.locator("#id_body").fill(BASE.replace("three", "drei, 3") + "six\n")
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.get_by_text("was changed successfully").first.wait_for()

    assert Post.objects.get().body == BASE.replace("three", "drei, 3") + "six\n"
    second.close()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1440, "light")])
def test_notices_are_open_to_everyone(desk, width, scheme):
    post = make_post(body="Stored. ")
    open_post(desk, post)
    type_text(desk, "Typed.")
    wait_until_kept(desk)
    desk.set_viewport_size({"width": width, "height": 900})
    desk.emulate_media(color_scheme=scheme)
    open_post(desk, post)
    desk.wait_for_load_state("networkidle")
    notice = desk.get_by_role("status", name="Not saved yet")
    found = violations(desk)
    wide = [desk.evaluate("document.documentElement.scrollWidth")]

    notice.get_by_role("link", name="Compare").click()
    desk.get_by_role("heading", name="Unsaved text").wait_for()
    desk.wait_for_load_state("networkidle")  # also the sheets that sheets import
    found += violations(desk)
    wide += [desk.evaluate("document.documentElement.scrollWidth")]

    assert found == []
    assert max(wide) <= width


# --- The browser dies -------------------------------------------------------------


def launch(browser_type, folder, live_site):
    return browser_type.launch_persistent_context(
        folder, executable_path=CHROMIUM, args=CHROMIUM_FLAGS, base_url=live_site
    )


def kill(folder):
    """As a crash does, with nothing said to any page."""
    listed = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True)
    for line in listed.stdout.splitlines():
        pid, _space, args = line.strip().partition(" ")
        if f"--user-data-dir={folder}" in args:
            with suppress(ProcessLookupError):  # it may have gone with its parent
                os.kill(int(pid), signal.SIGKILL)


@pytest.mark.parametrize("where", ["change", "add"])
def test_crash_of_the_browser_loses_nothing(browser, live_site, editor, tmp_path, where):
    post = make_post(body="Stored. ")
    address = {"change": f"/admin/posts/post/{post.pk}/change/", "add": "/admin/posts/post/add/"}
    folder = str(tmp_path / "profile")
    context = launch(browser.browser_type, folder, live_site)
    page = context.new_page()
    sign_in(page)
    page.goto(address[where])
    page.wait_for_load_state("networkidle")
    type_text(page, "Typed before the crash.")
    wait_until_kept(page)

    kill(folder)
    time.sleep(1)  # the dead process lets go of its folder
    for name in ["SingletonLock", "SingletonCookie", "SingletonSocket"]:
        (tmp_path / "profile" / name).unlink(missing_ok=True)
    context = launch(browser.browser_type, folder, live_site)
    page = context.new_page()
    sign_in(page)
    page.goto(address[where])
    page.get_by_role("status", name="Not saved yet").get_by_role("link", name="Restore").click()
    page.wait_for_url("**?copy=*")

    stored = "Stored. " if where == "change" else ""
    assert text_of(page) == f"{stored}Typed before the crash."
    context.close()
