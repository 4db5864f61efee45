"""Every page of the desk, of the site and of an account in a real Chromium.

None may break the content policy or fail in its scripts. The addresses come from the lists that
the site itself has of them, so a new page is walked as well.
"""

import re
from contextlib import suppress

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse

from accounts.models import Invitation
from accounts.tests.recent import sign_in_just_now
from accounts.tests.second_steps import give_app
from blogsite.outgoing.models import Message
from blogsite.reporting.models import Violation
from blogsite.tests.hidden import COMMENT_KEYS, make_texts
from blogsite.tests.test_leaks import TABLE, all_names
from comments.models import Decision, Standing, Status
from comments.tests.factories import make_comment
from posts.models import Redirect
from posts.tests.factories import make_post, make_user
from posts.tests.pictures import picture_bytes, store

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LISTEN = """
window.refused = [];
document.addEventListener("securitypolicyviolation",
    (event) => refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""
# The answer itself is no fault of the page: an error page is one of those looked at.
IS_ANSWER = re.compile(r"Failed to load resource: the server responded with a status of")


@pytest.fixture
def window(page):
    """A window that notes what goes wrong in it, by address: `window.troubles`."""
    page.troubles = []

    def note(text):
        page.troubles.append(f"{page.url}: {text}")

    # Of the context, so that windows which the page opens are heard as well.
    page.context.add_init_script(LISTEN)
    page.context.on("weberror", lambda failed: note(str(failed.error)))
    page.context.on("console", lambda said: note(said.text) if is_trouble(said) else None)
    return page


def is_trouble(said) -> bool:
    return said.type in {"error", "warning"} and not IS_ANSWER.match(said.text)


@pytest.fixture
def root(window, client, live_site):
    """The same administrator in the window and in the test's own client."""
    user = make_user(
        email="root@example.org", display_name="Root", is_staff=True, is_superuser=True
    )
    sign_in_just_now(client, user)
    name = settings.SESSION_COOKIE_NAME
    window.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": live_site}]
    )
    return user


def make_one_of_each() -> str:
    """At least one row of every kind that has a desk; the word of what is published."""
    cache.clear()
    word = make_texts("published")
    post = make_post(title="A cover", cover=store(picture_bytes(), alt="A box"))
    Redirect.objects.create(path="/old/", post=post)
    comment = make_comment(post, status=Status.PENDING)
    Decision.objects.create(comment=comment, via="queue", was="pending", became="pending")
    Standing.objects.create(of="email", value="eve@example.org", verdict="banned")
    Violation.count_one("key", directive="img-src", blocked="data", page="/", source="")
    Message.objects.create(cause="test", to="ada@example.org", subject="A mail", text="Words")
    return word


def look_at(window, paths) -> None:
    """Open each; what goes wrong is noted in the window."""
    for path in paths:
        window.goto(path, wait_until="load")
        window.wait_for_timeout(50)  # a module that fails does so after the page is there
        window.troubles += [f"{path}: {line}" for line in window.evaluate("window.refused")]


def pages_among(client, paths) -> list[str]:
    """Those that answer a GET with a page, also one that refuses, and not with a file."""
    found = []
    for path in paths:
        answer = client.get(path)
        is_page = answer.get("Content-Type", "").startswith("text/html")
        if is_page and answer.getvalue() and not answer.has_header("Location"):
            found.append(path)
    return found


# --- The desk ---------------------------------------------------------------------


def desk_paths():
    """Every address of the admin, for a row of the model where it is about one."""
    keys = {
        f"{model._meta.app_label}_{model._meta.model_name}": model._base_manager.first()
        for model in admin.site._registry
    }
    for name in sorted(name for name in all_names() if name.startswith("admin:")):
        row = next((row for kind, row in keys.items() if f":{kind}_" in name and row), None)
        for args in ([], [row.pk] if row else [1]):
            with suppress(NoReverseMatch):
                yield reverse(name, args=args)


def test_every_page_of_the_desk_obeys_its_policy(window, root, client):
    make_one_of_each()
    paths = pages_among(client, desk_paths())
    filled = [model for model in admin.site._registry if model._base_manager.exists()]

    look_at(window, [path for path in paths if "logout" not in path])

    assert window.troubles == []
    unseen = {
        model.__name__
        for model in filled
        if not any(f"/{model._meta.app_label}/{model._meta.model_name}/" in path for path in paths)
    }
    assert unseen == set()
    assert len(paths) > 60


# What asks once more before it is done.
CONFIRMED = {
    "tag": "delete_selected",
    "image": "move_selected_to_trash",
    "redirect": "delete_selected",
}


def test_pickers_popups_and_confirmations_of_the_desk_obey_its_policy(window, root):
    make_one_of_each()
    post = Redirect.objects.get(path="/old/").post

    window.goto(f"/admin/posts/post/{post.pk}/change/")
    window.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    window.goto("/admin/posts/redirect/add/")
    for choice in window.get_by_role("combobox").all():
        choice.click()
        window.wait_for_timeout(300)
        window.keyboard.press("Escape")
    for adding in window.locator(".add-related:visible").all():
        with window.expect_popup() as opened:
            adding.click()
        opened.value.wait_for_load_state("networkidle")
        window.troubles += opened.value.evaluate("window.refused")
        opened.value.close()
    for model, action in CONFIRMED.items():
        window.goto(f"/admin/posts/{model}/")
        window.locator("#action-toggle").click()
        window.locator("select[name=action]").select_option(action)
        window.locator(".actions button[type=submit]").first.click()
        window.wait_for_load_state("networkidle")
        window.troubles += window.evaluate("window.refused")

    assert window.troubles == []


# --- The site and accounts --------------------------------------------------------


def public_paths(word):
    """Every address that is in the table of leaks, of a published text where it is about one."""
    for surface in TABLE.values():
        for path in surface.paths:
            yield path.format(word=word, comment=COMMENT_KEYS["published"])


def test_every_page_obeys_its_policy_for_a_visitor(window, client):
    word = make_one_of_each()
    paths = pages_among(client, public_paths(word))

    look_at(window, [*paths, "/no/such/page/"])

    assert window.troubles == []
    assert len(paths) > 30


def test_every_page_obeys_its_policy_for_somebody_signed_in(window, root, client):
    word = make_one_of_each()
    give_app(root)
    Invitation.objects.create(email="bo@example.org", invited_by=root)
    paths = pages_among(client, public_paths(word))

    look_at(window, paths)

    assert window.troubles == []
    assert len([path for path in paths if path.startswith("/account/")]) > 10


def test_signing_out_ends_at_once(window, root):
    """Chromium empties its cache before it shows the answer, and must not take long over it."""
    window.goto("/")
    window.goto("/account/logout/")
    window.evaluate("localStorage.setItem('theme', 'dark')")

    window.locator("main form .button-main").first.click()
    window.wait_for_url(lambda url: "logout" not in url, timeout=60_000)

    assert window.evaluate("localStorage.length") == 0
