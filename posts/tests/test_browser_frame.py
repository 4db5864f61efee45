"""What every page does in a browser: colours, the reader's own time, narrow screens."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from posts.models import SiteSettings
from posts.tests.factories import make_post, make_tag

pytestmark = pytest.mark.django_db

LONG = "an_identifier_without_any_place_to_break_" * 4
PAPER = "getComputedStyle(document.documentElement).backgroundColor"


def test_theme_toggle_goes_round_and_is_remembered(page):
    page.emulate_media(color_scheme="light")
    page.goto("/")
    light = page.evaluate(PAPER)
    toggle = page.locator("[data-theme-toggle]")

    toggle.click()
    toggle.click()
    page.reload()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(toggle).to_have_attribute("aria-label", re.compile("^Colours: dark"))
    assert page.evaluate(PAPER) != light
    toggle.click()
    page.reload()
    expect(page.locator("html")).not_to_have_attribute("data-theme", re.compile("."))
    assert page.evaluate(PAPER) == light
    assert page.context.cookies() == []


def test_moments_show_the_readers_own_time_beside_utc(browser, live_site):
    make_post(published_at=datetime(2017, 7, 18, 20, 16, 19, tzinfo=UTC))
    context = browser.new_context(
        base_url=live_site, timezone_id="Asia/Tokyo", viewport={"width": 1440, "height": 900}
    )
    page = context.new_page()

    page.goto("/")

    time = page.locator(".entry time")
    expect(time).to_have_attribute("datetime", "2017-07-18T20:16:19Z")
    expect(time).to_contain_text("18 July 2017")
    expect(time).to_contain_text("2017-07-18T20:16:19Z")
    expect(time.locator(".stamp-local")).to_have_text(re.compile(r"19.*05:16"))
    context.close()


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_nothing_scrolls_sideways(page, width):
    tags = [make_tag(f"Tag number {number}") for number in range(40)]
    wide_table = "|" + " column |" * 14 + "\n|" + "---|" * 14 + "\n|" + " cell |" * 14
    post = make_post(
        title=f"A title with https://example.org/{LONG}",
        body=f"`{LONG}` and https://example.org/{LONG}\n\n{wide_table}\n\n```python\n{LONG * 3}\n```",
        tags=tags,
    )
    page.set_viewport_size({"width": width, "height": 800})

    for path in ["/", post.get_absolute_url(), "/tags/", "/archive/", "/search/?q=title", "/none/"]:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_accent_of_the_owner_colours_the_page(page):
    page.goto("/")
    before = accent_of(page)
    SiteSettings(accent_hue=250).save()

    page.goto("/")

    assert (
        page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent-hue')")
        == "250"
    )
    assert accent_of(page) != before


def accent_of(page):
    make_post()
    page.reload()
    return page.locator(".index-year a").first.evaluate("link => getComputedStyle(link).color")


def test_first_stop_of_the_keyboard_skips_to_the_text(page):
    page.goto("/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"
