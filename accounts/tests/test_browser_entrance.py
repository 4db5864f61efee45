"""The entrance in a real browser: making an account, coming back, a new password; also without script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from accounts.models import User
from accounts.signing_up import links
from accounts.tests.factories import make_user
from accounts.tests.mails import link_in, mails

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "some unusual words"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPEN = [
    "/account/login/",
    "/account/signup/",
    "/account/signup/sent/",
    "/account/signup/broken/",
    "/account/password/reset/",
    "/account/password/reset/sent/",
    "/account/password/reset/1-broken/",
    "/account/password/reset/done/",
    "/account/inactive/",
]
OWN = ["/account/", "/account/email/", "/account/password/", "/account/logout/"]


@pytest.fixture(params=["with script", "without script"])
def window(request, browser, live_site):
    """A browser window at the site; what it complains of fails the test."""
    with_script = request.param == "with script"
    context = browser.new_context(base_url=live_site, java_script_enabled=with_script)
    window = context.new_page()
    complaints = []
    window.on("console", lambda said: complaints.append(said.text) if is_bad(said) else None)
    window.on("pageerror", lambda error: complaints.append(str(error)))
    yield window
    context.close()
    assert complaints == []


def is_bad(said) -> bool:
    # A form answered by 404 or 429 is an answer, not a mistake.
    return said.type in {"error", "warning"} and "the server responded with" not in said.text


def sign_in(window, email, password=PASSWORD):
    window.goto("/account/login/")
    window.get_by_label("E-mail").fill(email)
    window.get_by_label("Password", exact=True).fill(password)
    window.get_by_role("button", name="Sign in", exact=True).click()


def test_account_is_made_by_a_mail(window):
    window.goto("/account/signup/")
    window.get_by_label("E-mail").fill("ada@example.org")
    window.get_by_role("button", name="Send me a link").click()
    expect(window.get_by_role("heading", name="Look into your mail")).to_be_visible()

    window.goto(link_in(mails("ada@example.org")[0]))
    window.get_by_label("Name").fill("Ada Lovelace")
    window.get_by_label("Password", exact=True).fill(PASSWORD)
    window.get_by_role("button", name="Make the account").click()

    expect(window.get_by_role("heading", name="Ada Lovelace")).to_be_visible()
    assert User.objects.get().email == "ada@example.org"
    window.get_by_role("link", name="Sign out").click()
    window.get_by_role("button", name="Sign out").click()
    sign_in(window, "ada@example.org")
    expect(window.get_by_role("heading", name="Ada Lovelace")).to_be_visible()


def test_lost_password_is_replaced(window):
    make_user(email="ada@example.org", password="forgotten, unusual words")
    window.goto("/account/login/")
    window.get_by_role("link", name="Password forgotten?").click()
    window.get_by_label("E-mail").fill("ada@example.org")
    window.get_by_role("button", name="Send me a link").click()

    window.goto(link_in(mails("ada@example.org")[0]))
    assert "set-password" in window.url
    window.get_by_label("New password", exact=True).fill(PASSWORD)
    window.get_by_role("button", name="Store the new password").click()
    expect(window.get_by_role("heading", name="Your new password is stored")).to_be_visible()
    sign_in(window, "ada@example.org")

    expect(window).to_have_url("/account/")


def test_address_is_changed(window):
    make_user(email="ada@example.org", password=PASSWORD)
    sign_in(window, "ada@example.org")
    window.get_by_role("link", name="E-mail", exact=True).click()
    window.get_by_label("New e-mail").fill("new@example.org")
    window.get_by_role("button", name="Change it").click()
    expect(window.get_by_text("new@example.org waits")).to_be_visible()

    window.goto(link_in(mails("new@example.org")[0]))
    window.get_by_role("button", name="Confirm").click()

    expect(window.get_by_text("You sign in with new@example.org")).to_be_visible()


def test_wrong_password_is_told_and_the_address_kept(window):
    make_user(email="ada@example.org", password=PASSWORD)

    sign_in(window, "ada@example.org", "wrong but long")

    expect(window.get_by_role("alert")).to_contain_text("The e-mail or the password is wrong.")
    expect(window.get_by_label("E-mail")).to_have_value("ada@example.org")
    expect(window.get_by_label("Password", exact=True)).to_have_value("")


def test_password_is_shown_and_hidden(page):
    page.goto("/account/login/")
    field = page.get_by_label("Password", exact=True)
    field.fill("seen")

    page.get_by_role("button", name="Show the password").click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide the password").click()

    expect(field).to_have_attribute("type", "password")
    expect(field).to_have_value("seen")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_everybody_can_use_every_page(browser, live_site, scheme, width):
    make_user(email="ada@example.org", password=PASSWORD)
    context = browser.new_context(
        base_url=live_site, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    window = context.new_page()
    finish = links.link("new@example.org")
    trouble = []

    def look_at(path):
        window.goto(path)
        found = Axe().run(window, options={"runOnly": WCAG})
        if found.violations_count:
            trouble.append((path, found.generate_report()))
        if window.evaluate("document.documentElement.scrollWidth > innerWidth"):
            trouble.append((path, "wider than the window"))

    for path in [*OPEN, finish]:
        look_at(path)
    sign_in(window, "ada@example.org", "wrong but long")
    trouble += [Axe().run(window).generate_report()] * bool(Axe().run(window).violations_count)
    sign_in(window, "ada@example.org")
    for path in OWN:
        look_at(path)
    context.close()
    assert trouble == []
