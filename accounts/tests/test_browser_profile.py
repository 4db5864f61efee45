"""One's profile, data and way out in a real browser, with every page looked at by axe."""

import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import expect

from accounts.leaving import asking
from accounts.models import User
from accounts.tests.factories import make_user
from accounts.tests.recent import sign_in_just_now
from blogsite.pictures.tests.making import picture_bytes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = [
    "/account/",
    "/account/profile/",
    "/account/profile/picture/",
    "/account/data/",
    "/account/leave/",
    "/account/comment-mail/",
]


@pytest.fixture
def ada():
    return make_user(
        email="ada@example.org", password=str(time.time()), display_name="Ada", handle="ada"
    )


@pytest.fixture
def problems(page):
    """What the browser complained of: broken policies, failed scripts."""
    lines = []

    def hear(error):
        # Chromium says this by itself where the next page comes before the fade has begun.
        if not str(error).startswith("Transition was aborted"):
            lines.append(str(error))

    page.on("pageerror", hear)
    page.on("console", lambda said: lines.append(said.text) if said.type == "error" else None)
    return lines


@pytest.fixture
def own(page, live_site, ada, problems):
    """The browser of somebody who just signed in."""
    client = Client()
    sign_in_just_now(client, ada)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_site}
    page.context.add_cookies([cookie])
    return page


def test_profile_is_filled_in_and_gets_a_picture(own, ada, problems, tmp_path):
    picture = tmp_path / "me.jpg"
    picture.write_bytes(picture_bytes("JPEG", size=(900, 700)))
    own.goto("/account/profile/")

    own.get_by_label("Name").fill("Ada Lovelace")
    own.get_by_label("Links").fill("https://ada.example")
    own.get_by_label("Time zone").select_option("Europe/London")
    own.get_by_role("button", name="Save").click()
    expect(own.get_by_role("status")).to_have_text("Your profile is saved.")
    own.get_by_label("New picture").set_input_files(picture)
    own.get_by_role("button", name="Use this picture").click()
    expect(own.get_by_role("status")).to_have_text("Your new picture is saved.")

    shown = own.get_by_alt_text("Your picture")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.complete && image.naturalWidth") == 512
    ada.refresh_from_db()
    assert (ada.display_name, ada.time_zone) == ("Ada Lovelace", "Europe/London")
    own.get_by_role("button", name="Remove the picture").click()
    expect(own.get_by_role("status")).to_have_text("Your picture is removed.")
    assert problems == []


def test_data_come_as_a_file(own, problems):
    own.goto("/account/data/")

    with own.expect_download() as download:
        own.get_by_role("button", name="Download").click()

    assert download.value.suggested_filename.startswith("ada-")
    assert download.value.suggested_filename.endswith(".zip")
    assert problems == []


def test_leaving_is_chosen_and_regretted(own, ada, problems):
    own.goto("/account/leave/")

    own.get_by_label("remove them").check()
    own.get_by_role("button", name="Leave in 14 days").click()
    expect(own.get_by_text("Your account will be removed on")).to_be_visible()
    assert User.objects.get().leaving == "remove"
    own.get_by_role("button", name="Stay", exact=True).click()

    expect(own.get_by_text("your account stays")).to_be_visible()
    assert User.objects.get().leaves_at is None
    assert problems == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_for_everybody(own, ada, scheme):
    asking.ask(ada, "remove")
    own.emulate_media(color_scheme=scheme)
    found = {}
    for address in PAGES:
        own.goto(address, wait_until="networkidle")
        for violation in Axe().run(own, options={"runOnly": WCAG}).response["violations"]:
            nodes = [node["html"][:160] for node in violation["nodes"][:3]]
            found[f"{address}: {violation['id']}"] = nodes

    assert found == {}


@pytest.mark.parametrize("width", [320, 1440])
def test_nothing_scrolls_sideways(own, ada, width):
    asking.ask(ada, "remove")
    own.set_viewport_size({"width": width, "height": 800})
    wide = []
    for address in PAGES:
        own.goto(address)
        over = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        wide += [address] if own.evaluate(over) else []

    assert wide == []
