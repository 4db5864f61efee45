import pytest

from blogsite.pagecache.layer import PageCache
from blogsite.pagecache.tests import small_site
from blogsite.request import Handler


@pytest.fixture
def site(settings) -> PageCache:
    settings.ROOT_URLCONF = small_site.__name__
    settings.MIDDLEWARE = []
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    small_site.asked.clear()
    small_site.gate.set()
    return PageCache(Handler(), megabytes=4)
