"""The search in a real browser: posts offered while typing, and its page for everybody's eyes."""

import pytest
from playwright.sync_api import expect

from posts.tests.factories import make_post, make_tag
from posts.tests.test_browser_admin import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def box_of(page):
    return page.get_by_role("combobox", name="Search the posts")


def test_posts_are_offered_and_opened_with_keys_alone(page):
    make_post(title="Quokka habits", slug="habits")
    make_post(title="Why quokkas smile", slug="smile")
    make_post(title="Hidden quokka", slug="hidden", published_at=None)
    page.goto("/search/")

    box = box_of(page)
    box.press_sequentially("quok")
    expect(page.get_by_role("option")).to_have_count(2)
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    box.press("ArrowDown")
    marked = page.locator("[role=option][aria-selected=true]")
    expect(box).to_have_attribute("aria-activedescendant", marked.get_attribute("id"))
    title = marked.inner_text()
    box.press("Enter")
    page.wait_for_url("**/post/*/")

    assert page.get_by_role("heading", level=1).inner_text() == title


def test_escape_closes_the_list_and_enter_searches(page):
    make_post(title="Quokka habits")
    page.goto("/search/")
    box = box_of(page)
    box.press_sequentially("quok")
    expect(page.get_by_role("option")).to_have_count(1)

    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press_sequentially("ka")
    box.press("Enter")
    page.wait_for_url("**/search/?q=quokka")

    expect(page.get_by_role("heading", name="Quokka habits")).to_be_visible()


def test_arrows_open_the_list_again_and_go_round(page):
    make_post(title="Quokka habits", slug="habits")
    make_post(title="Why quokkas smile", slug="smile")
    page.goto("/search/?q=quok")
    box, options = box_of(page), page.get_by_role("option")
    box.focus()

    box.press("ArrowUp")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    assert box.get_attribute("aria-activedescendant") is None
    box.press("ArrowDown")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press("ArrowDown")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")

    assert box.get_attribute("aria-activedescendant") == options.nth(0).get_attribute("id")
    assert box.input_value() == "quok"


def test_screen_readers_are_told_how_many_match(page):
    make_post(title="Quokka habits")
    page.goto("/search/")
    box = box_of(page)
    told = page.locator(".search-form [role=status]")

    box.press_sequentially("quok")
    expect(told).to_have_text("Posts that match: 1. Arrow keys go through them.")
    box.press_sequentially("xyz")
    expect(told).to_have_text("No posts match.")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Tab")
    expect(told).to_have_text("")


def test_page_of_an_address_that_leads_nowhere_offers_posts_too(page):
    make_post(title="Quokka habits")
    page.goto("/nowhere/")

    box_of(page).press_sequentially("quok")
    expect(page.get_by_role("option")).to_have_text(["Quokka habits"])


def test_search_works_without_a_script(browser, live_server):
    make_post(title="Quokka habits")
    page = browser.new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    page.goto("/search/")

    page.get_by_label("Search the posts").fill("quokka")
    page.get_by_role("button", name="Search").click()

    assert page.get_by_role("heading", level=2).all_inner_texts() == ["Quokka habits"]
    page.context.close()


def test_page_of_the_search_is_for_everybody(page):
    tag = make_tag("Animals")
    for number in range(3):
        make_post(title=f"Quokka {number}", body="Quokkas smile.", tags=[tag])
    page.goto("/search/?q=quokka")
    box_of(page).press("End")
    box_of(page).press_sequentially(" ")
    expect(page.get_by_role("option")).to_have_count(3)

    assert violations(page) == []
