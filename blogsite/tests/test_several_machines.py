"""Two machines with one PostgreSQL and one Redis, which go away and come back."""

import pytest
from django.test import override_settings

from blogsite.pagecache import activity
from blogsite.tests.faults.site import Site, wait_for

pytestmark = pytest.mark.waits
RENAME = "from posts.models import Post; p = Post.objects.first(); p.title = {!r}; p.save()"
OWN_DATABASE = "machines"


@pytest.fixture(scope="module")
def database(database_server):
    return database_server.create(OWN_DATABASE)


@pytest.fixture
def machines(database, redis_server, tmp_path):
    """Two, each with a folder of its own."""
    variables = {"DATABASE_URL": database, "CACHE_URL": redis_server.cache_url}
    first, second = (Site(tmp_path / name, **variables) for name in ["first", "second"])
    first.prepare()
    (second.folder / "static").mkdir(parents=True)
    second.manage("collectstatic", "--no-input", "--verbosity=0")
    yield first, second
    first.kill()
    second.kill()


def rename(site: Site, title: str) -> None:
    site.manage("shell", "--verbosity=0", "--command", RENAME.format(title))


def test_machines_show_each_others_edits_and_outlive_what_they_share(
    machines, database_server, redis_server
):
    """One long story, because two whole sites take long to start."""
    first, second = machines
    first.start()
    second.start()
    address = first.manage(
        "shell",
        "--verbosity=0",
        "--command",
        "from posts.models import Post; print(Post.objects.first().get_absolute_url())",
    ).split()[-1]

    for number in range(3):  # the very next request, in both, and on a page that is kept
        rename(first, f"Edited {number}")
        for site in machines:
            assert f"Edited {number}" in site.ask("GET", address)[2]
            assert f"Edited {number}" in site.ask("GET", address)[2]
    assert hits_of(second) >= 3

    redis_server.hang()
    rename(first, "Edited while Redis hung")
    for site in machines:
        assert "Edited while Redis hung" in site.ask("GET", address)[2]
    redis_server.resume()
    for site in machines:
        wait_until_kept(site, address)
    rename(second, "Edited when Redis was back")
    for site in machines:
        assert "Edited when Redis was back" in site.ask("GET", address)[2]

    redis_server.ask("FLUSHALL")
    rename(second, "Edited when Redis was emptied")
    for site in machines:
        assert "Edited when Redis was emptied" in site.ask("GET", address)[2]

    redis_server.stop()
    rename(second, "Edited without Redis")
    for site in machines:
        assert "Edited without Redis" in site.ask("GET", address)[2]
    redis_server.start()
    for site in machines:
        assert "Edited without Redis" in site.ask("GET", address)[2]

    database_server.stop()
    assert first.ask("GET", "/search/?q=fire")[0] >= 500
    database_server.start()
    for site in machines:
        wait_for(lambda site=site: site.status_of("/search/?q=fire") == 200, "the database")
        assert site.status_of(address) == 200


def hits_of(site: Site) -> int:
    """How many answers its processes gave from what they kept."""
    with override_settings(PAGECACHE_TOPICS=site.folder / "pagecache.topics"):
        return sum(row.numbers["hits"] for row in activity.of_all())


def wait_until_kept(site: Site, address: str) -> None:
    def is_kept():
        before = hits_of(site)
        site.ask("GET", address)
        return hits_of(site) > before

    wait_for(is_kept, "a kept page")
