"""Passkeys, codes and sessions in a real browser, with an authenticator that is made up."""

import time

import pytest
from allauth.mfa.models import Authenticator
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from accounts.models import AccountSettings
from accounts.tests.factories import make_user
from accounts.tests.second_steps import PASSWORD, SECRET, code_of, give_app
from blogsite.audit.models import Event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def home(live_site) -> str:
    """The site under a name: browsers make no passkeys for numbers."""
    assert "//localhost:" in live_site
    return live_site


@pytest.fixture
def window(browser, home):
    context = browser.new_context(base_url=home)
    yield context.new_page()
    context.close()


@pytest.fixture
def complaints(window) -> list[str]:
    """What the browser complained of: broken policies, failed scripts."""
    lines = []

    def hear_error(error):
        # A page that is left while it still fades in; Chromium tells the page of it.
        if "Transition was" not in str(error):
            lines.append(str(error))

    window.on("pageerror", hear_error)
    window.on(
        "console",
        lambda message: lines.append(message.text) if message.type == "error" else None,
    )
    return lines


@pytest.fixture
def authenticator(window):
    """A device that keeps passkeys and always says yes."""
    protocol = window.context.new_cdp_session(window)
    protocol.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = protocol.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def say(verified: bool):
        protocol.send(
            "WebAuthn.setUserVerified",
            {"authenticatorId": made["authenticatorId"], "isUserVerified": verified},
        )

    return say


@pytest.fixture
def ada():
    return make_user(email="ada@example.org", password=PASSWORD, display_name="Ada")


def sign_in(page):
    page.goto("/account/login/")
    page.get_by_label("E-mail").fill("ada@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page):
    page.goto("/account/logout/")
    page.locator("main form[action*=logout] button").click()


def add_passkey(page):
    page.goto("/account/second-step/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Its name").fill("My laptop")
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/codes/")


def test_passkey_is_added_and_signs_in_without_a_password(window, authenticator, ada, complaints):
    sign_in(window)
    add_passkey(window)
    assert window.locator(".code-list li").count() == 10
    sign_out(window)

    window.goto("/account/login/?next=/account/second-step/")
    window.get_by_role("button", name="Sign in with a passkey").click()

    window.wait_for_url("**/account/second-step/")
    expect(window.locator(".step-name")).to_have_text("My laptop")
    assert Event.objects.filter(verb="accounts.signed_in").first().details == {"by": ["webauthn"]}
    # "Stay signed in" stands in the form with the password, and counts here as well.
    cookies = {each["name"]: each for each in window.context.cookies()}
    assert cookies["sessionid"]["expires"] > time.time() + 29 * 24 * 60 * 60
    assert complaints == []


def test_passkey_is_the_second_step_after_a_password(window, authenticator, ada, complaints):
    sign_in(window)
    add_passkey(window)
    sign_out(window)

    sign_in(window)
    window.wait_for_url("**/ask/")
    window.get_by_role("button", name="Use a passkey").click()

    window.wait_for_url("**/account/")
    details = Event.objects.filter(verb="accounts.signed_in").first().details
    assert details == {"by": ["password", "webauthn"]}
    assert complaints == []


def test_unconfirmed_passkey_is_told_and_nothing_is_lost(window, authenticator, ada):
    sign_in(window)
    authenticator(False)
    window.goto("/account/second-step/passkeys/add/")
    window.get_by_label("Its name").fill("My laptop")

    window.get_by_role("button", name="Make the passkey").click()

    expect(window.get_by_role("alert")).to_contain_text("did not confirm it")
    assert window.get_by_label("Its name").input_value() == "My laptop"
    assert not Authenticator.objects.exists()


def test_passkey_is_renamed_and_removed(window, authenticator, ada, complaints):
    sign_in(window)
    add_passkey(window)
    window.goto("/account/second-step/")

    window.get_by_role("link", name="Rename My laptop").click()
    window.get_by_label("Its name").fill("Old laptop")
    window.get_by_role("button", name="Save").click()
    window.get_by_role("link", name="Remove Old laptop").click()
    window.get_by_role("button", name="Remove the passkey").click()

    window.wait_for_url("**/account/second-step/")
    assert not Authenticator.objects.exists()
    assert complaints == []


def test_sensitive_change_asks_for_the_passkey_and_goes_on(window, authenticator, ada, settings):
    sign_in(window)
    add_passkey(window)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    window.goto("/account/second-step/app/")
    window.wait_for_url("**/passkeys/again/?next=*")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 900

    window.get_by_role("button", name="Use a passkey").click()

    window.wait_for_url("**/account/second-step/app/")
    assert Event.objects.filter(verb="accounts.second_step_used", details__again=True).exists()


def test_app_is_set_up_from_the_key_on_the_page(window, ada, complaints):
    sign_in(window)
    window.goto("/account/second-step/app/")
    picture = window.get_by_alt_text("QR code")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    secret = window.locator(".code-secret").inner_text()

    window.get_by_label("The code that the app shows now").fill(code_of(secret))
    window.get_by_role("button", name="Set it up").click()
    window.wait_for_url("**/codes/")
    with window.expect_download() as download:
        window.get_by_role("link", name="Save them as a file").click()
    code = window.locator(".code-list li").first.inner_text()
    assert code in download.value.path().read_text()
    sign_out(window)
    sign_in(window)
    window.get_by_label("Code").fill(code)
    window.get_by_role("button", name="Sign in", exact=True).click()

    window.wait_for_url("**/account/")
    window.goto("/account/second-step/")
    expect(window.get_by_text("You have 9 codes left")).to_be_visible()
    assert complaints == []


def test_everything_but_passkeys_works_without_script(browser, home, ada):
    give_app(ada)
    context = browser.new_context(base_url=home, java_script_enabled=False)
    page = context.new_page()

    sign_in(page)
    page.get_by_label("Code").fill(code_of(SECRET))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto("/account/second-step/passkeys/add/")
    seen = page.get_by_role("button", name="Make the passkey").is_visible()
    said = page.get_by_text("with JavaScript switched on").is_visible()
    page.goto("/account/sessions/")
    listed = page.locator(".session").count()
    context.close()

    assert (seen, said, listed) == (False, True, 1)


def test_staff_set_up_what_is_demanded_and_come_in(window, authenticator, ada, complaints):
    ada.is_staff = ada.is_superuser = True
    ada.save()
    AccountSettings(staff_needs_second_step=True).save()
    sign_in(window)
    window.goto("/admin/")
    expect(window.get_by_role("alert")).to_contain_text("must have a second step")

    add_passkey(window)
    window.goto("/admin/accounts/accountsettings/1/change/")

    expect(window.get_by_label("staff need a second step", exact=False)).to_be_checked()
    assert complaints == []


PAGES = [
    "/account/second-step/",
    "/account/second-step/app/",
    "/account/second-step/passkeys/add/",
    "/account/second-step/codes/",
    "/account/second-step/codes/new/",
    "/account/sessions/",
    "/account/activity/",
    "/account/reauthenticate/",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_pages_are_open_to_everybody(window, authenticator, ada, complaints, scheme, width):
    window.set_viewport_size({"width": width, "height": 900})
    window.emulate_media(color_scheme=scheme)
    found = []
    sign_in(window)
    window.wait_for_url("**/account/")
    found += trouble_on(window, width, "/account/reauthenticate/")
    found += trouble_on(window, width, "/account/second-step/app/")
    add_passkey(window)

    for path in PAGES:
        found += trouble_on(window, width, path)
    passkey = Authenticator.objects.get(type="webauthn").pk
    found += trouble_on(window, width, f"/account/second-step/passkeys/{passkey}/")
    found += trouble_on(window, width, f"/account/second-step/passkeys/{passkey}/remove/")
    found += trouble_on(window, width, "/account/second-step/again/")
    found += trouble_on(window, width, "/account/second-step/passkeys/again/")
    give_app(ada)
    found += trouble_on(window, width, "/account/second-step/app/remove/")
    sign_out(window)
    sign_in(window)
    window.wait_for_url("**/ask/")
    found += trouble_on(window, width, "")

    assert "\n".join(found) == ""
    assert complaints == []


def trouble_on(page, width: int, path: str) -> list[str]:
    if path:
        assert page.goto(path).ok, path
    page.wait_for_load_state("networkidle")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    options = {"runOnly": {"type": "tag", "values": tags}, "preload": False}
    page.wait_for_load_state()  # its style sheets as well
    result = Axe().run(page, options=options)
    found = [
        f"{path} {rule['id']}: {node['html'][:120]} {node.get('failureSummary', '')[:160]}"
        for rule in result.response["violations"]
        for node in rule["nodes"]
    ]
    if page.evaluate("document.documentElement.scrollWidth") > width:
        found.append(f"{path} is wider than the window")
    return found
