"""Pictures found again by their address."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from posts.pictures import find_pictures
from posts.tests.pictures import picture_bytes, store

pytestmark = pytest.mark.django_db


def test_pictures_are_found_by_address_in_one_query():
    image = store(picture_bytes(size=(600, 300)), alt="A teal box")
    absolute = settings.SITE_URL + image.url
    store(picture_bytes(colour="red"))

    with CaptureQueriesContext(connection) as queries:
        found = find_pictures(
            [image.url, absolute, "/media/images/none.png", "https://x.test/a.png"]
        )

    assert len(queries) == 1
    assert set(found) == {image.url, absolute}
    picture = found[image.url]
    assert picture == found[absolute]
    assert (picture.src, picture.full) == (image.url, image.url)
    assert (picture.width, picture.height, picture.alt) == (600, 300, "A teal box")
    assert [kind for kind, _srcset in picture.sources] == ["image/avif", "image/webp"]
    stem = image.url.removesuffix(".png")
    assert picture.sources[1][1] == f"{stem}-480.webp 480w, {stem}-600.webp 600w"


def test_addresses_elsewhere_cost_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert find_pictures(["https://elsewhere.test/a.png", "a.png"]) == {}
