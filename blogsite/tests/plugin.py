"""Set-up for every test: an environment of its own, and a real browser.

A pytest plugin and no conftest.py, because it must set the environment before Django reads its
settings from it. A developer's own .env and variables never reach the tests.
"""

import atexit
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from blogsite.tests.services import missing, postgres, redis

SCRATCH = tempfile.mkdtemp(prefix="blogsite-tests-")
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)

# Every variable that settings.py reads begins unset, in both ways of giving one.
VARIABLES = [
    "ALLOWED_HOSTS",
    "CACHE_URL",
    "DATABASE_URL",
    "DEBUG",
    "DEFAULT_FROM_EMAIL",
    "EMAIL_URL",
    "GITHUB_CLIENT_ID",
    "GITHUB_CLIENT_SECRET",
    "LANGUAGE_CODE",
    "MEDIA_ROOT",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "OIDC_NAME",
    "OIDC_URL",
    "PAGECACHE_MB",
    "PORT",
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "SERVE_HTTPS",
    "SITE_URL",
    "TRUSTED_PROXIES",
    "VAR_DIR",
    "WEB_WORKERS",
]
for name in VARIABLES:
    os.environ.pop(name, None)
    os.environ.pop(f"{name}_FILE", None)
# `make test` is a make above the tests; a make that a test starts is not to know.
for name in ["MAKEFLAGS", "MAKELEVEL", "MFLAGS"]:
    os.environ.pop(name, None)
os.environ.update(
    ENV_FILE=os.path.join(SCRATCH, "no-such-file"),
    SECRET_KEY="only-for-tests-and-never-for-a-site-that-people-visit",
    SITE_URL="http://testserver",
    VAR_DIR=SCRATCH,
)
# TEST_DATABASE=postgres starts a server for the run, which all workers of xdist share.
if os.environ.get("TEST_DATABASE") == "postgres" and "TEST_DATABASE_URL" not in os.environ:
    if not postgres.programs():
        raise SystemExit(postgres.HOW_TO_GET)
    SERVER = postgres.Postgres()
    atexit.register(SERVER.remove)
    os.environ["TEST_DATABASE_URL"] = SERVER.url()
# The tests also run against another database, where one is named for them.
if "TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

# A script that starts the tests in the background lets them ignore Ctrl-C, and all that they start
# in turn; but stopping by Ctrl-C is one of the things tested.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
CHROMIUM_FLAGS = [
    "--no-sandbox",  # it refuses to start as root otherwise, as in a container
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Milliseconds until something that does not show on a page is a failure. It takes far less, but not
# where this machine has other work as well.
PATIENCE = 60_000
HOW_TO_GET_CHROMIUM = "Install Chromium for these: apt-get install chromium"


def pytest_configure():
    """Replace what is slow or needs preparation in production."""
    from django.conf import settings

    # Hashed names need a collectstatic before the first page.
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.WHITENOISE_AUTOREFRESH = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # The data of these tests need not outlive a power cut. The sites that tests start as programs
    # wait for the disk as in production.
    options = settings.DATABASES["default"].get("OPTIONS", {})
    if "init_command" in options:
        options["init_command"] += "PRAGMA synchronous=OFF;"


# Walks through all of the site, whose parts have tests of their own. Measured, they would take twice
# as long, and tell of nothing that those do not.
UNMEASURED = {
    "blogsite.tests.attacks",
    "blogsite.tests.faults",
    "blogsite.tests.test_browser_every_page",
    "blogsite.tests.test_leaks",
    "blogsite.tests.test_leaks_insiders",
    "blogsite.tests.test_permission_matrix",
}


def pytest_collection_modifyitems(config, items):
    if "TEST_DATABASE_URL" in os.environ:
        leave_out(config, items, [item for item in items if not asks_database(item)])
    for item in items:
        if "browser" in getattr(item, "fixturenames", []):
            item.add_marker("browser")
        name = item.module.__name__
        if name in UNMEASURED or name.rpartition(".")[0] in UNMEASURED:
            item.add_marker("no_cover")
    items.sort(key=place_in_line)


def asks_database(item) -> bool:
    """Whether it would see on what database it runs.

    Sites that tests start as programs have databases of their own, always of the same kind.
    """
    fixtures = {"db", "transactional_db", "live_server"}
    return bool(item.get_closest_marker("django_db") or fixtures & {*item.fixturenames})


def leave_out(config, items, others) -> None:
    left_out = {id(item) for item in others}
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if id(item) not in left_out]


# Tests that share what takes long to start go to one worker. By their files, as the marks of xdist
# for this (xdist_group, in 3.8) do nothing with pytest 9.2, where names of tests cannot be changed.
TOGETHER = {
    "blogsite/tests/attacks/test_smuggling.py": "smuggling",
    "blogsite/tests/faults/test_proxies.py": "proxies",
    "blogsite/tests/test_comment_journey.py": "journey",
    "blogsite/tests/test_demo_browser.py": "demo site",
    "blogsite/tests/test_demo_site.py": "demo site",
    "blogsite/tests/test_https.py": "https",
    "blogsite/tests/test_serve.py": "serve",
    "blogsite/tests/test_several_machines.py": "machines",
}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    from xdist.scheduler import LoadGroupScheduling

    class ByFile(LoadGroupScheduling):
        def _split_scope(self, nodeid):
            return TOGETHER.get(nodeid.partition("::")[0], nodeid)

    return ByFile(config, log)


def place_in_line(item) -> int:
    """Who only waits begins first; who has to be alone would keep a place from others, and is last."""
    return bool(item.get_closest_marker("alone")) - bool(item.get_closest_marker("waits"))


def pytest_runtest_setup(item):
    if item.get_closest_marker("browser") and not CHROMIUM:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(HOW_TO_GET_CHROMIUM, pytrace=False)
        pytest.skip(HOW_TO_GET_CHROMIUM)


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path) -> Path:
    """An empty media folder for each test."""
    folder = tmp_path / "media"
    folder.mkdir()
    settings.MEDIA_ROOT = str(folder)
    return folder


@pytest.fixture(autouse=True)
def nothing_remembered(request, monkeypatch):
    """No value of an earlier test is right in this one, and most tests never commit."""
    from blogsite.pagecache.counters import EVERYTHING, touch
    from blogsite.pagecache.watching import Watch

    marker = request.node.get_closest_marker("django_db")
    commits = "transactional_db" in request.fixturenames or (
        marker and marker.kwargs.get("transaction")
    )
    monkeypatch.setattr(Watch, "at_once", not commits)
    touch(EVERYTHING)


@pytest.fixture(scope="session")
def database_server():
    """A PostgreSQL server to make databases on; shared, so it goes on running."""
    if not postgres.programs():
        missing(postgres.HOW_TO_GET)
    server = postgres.Postgres()
    yield server
    server.remove()


@pytest.fixture
def redis_server():
    """A Redis server of the test's own, to stop, hang and start again."""
    if not redis.program():
        missing(redis.HOW_TO_GET)
    server = redis.Redis()
    yield server
    server.remove()


@pytest.fixture(autouse=True)
def told_contexts(monkeypatch):
    """Let `response.context` hold what a template of Jinja2 was given, as with Django's own."""
    from django.template.backends.jinja2 import Template
    from django.test.signals import template_rendered

    render = Template.render

    def render_and_tell(template, context=None, request=None):
        context = {} if context is None else context
        html = render(template, context, request)
        template_rendered.send(sender=template, template=template, context=context)
        return html

    monkeypatch.setattr(Template, "render", render_and_tell)


@pytest.fixture
def live_site(live_server, settings) -> Iterator[str]:
    """The address of the site, served for real, without a slash at its end.

    With kept pages in front, as in production.
    """
    from blogsite.pagecache.layer import PageCache

    settings.SITE_URL = live_server.url
    settings.SITE_HOST = urlsplit(live_server.url).hostname
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    server = live_server.thread.httpd
    application = server.get_app()
    server.set_app(PageCache(application))
    yield live_server.url
    server.set_app(application)


@pytest.fixture(scope="session")
def browser():
    """A Chromium for the whole run; tests use `page` or make contexts of their own."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    # Playwright runs an event loop in this thread, and Django then refuses the database to the
    # test itself, although nothing here is asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def blocked_requests() -> list[str]:
    """Addresses outside the site that `page` asked for; none of them is answered."""
    return []


@pytest.fixture
def page(browser, live_site, blocked_requests):
    """A fresh browser window at the live site: `page.goto("/")` opens the front page."""
    context = browser.new_context(base_url=live_site)
    context.set_default_timeout(PATIENCE)

    def only_this_site(route):
        if route.request.url.startswith(f"{live_site}/"):
            route.continue_()
        else:
            blocked_requests.append(route.request.url)
            route.abort()

    context.route("**/*", only_this_site)
    yield context.new_page()
    context.close()
