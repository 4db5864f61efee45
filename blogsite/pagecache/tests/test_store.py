"""Room for kept pages, and who has to leave it."""

import pytest

from blogsite.pagecache.pages import Origins, Page
from blogsite.pagecache.store import Store

ORIGINS = Origins(frozenset(), (), 0, float("inf"))


def page(size: int) -> Page:
    made = Page(200, [("Content-Type", "image/png")], b"", ORIGINS, ())
    return Page(200, [("Content-Type", "image/png")], b"x" * (size - made.size), ORIGINS, ())


@pytest.fixture
def store() -> Store:
    """With room for three pages of 10,000 bytes, and one that visitors made up."""
    return Store(40_000)


def kept(store: Store) -> str:
    return "".join(sorted(key for key, _page in store))


def test_store_is_bounded_by_bytes(store):
    for number in range(100):
        store.put(number, page(10_000))

    assert store.bytes <= 40_000
    assert sorted(key for key, _page in store) == [97, 98, 99]


def test_least_recently_used_page_goes_first(store):
    for key in "abc":
        store.put(key, page(10_000))
    store.pages["a"].uses += 1

    gone = store.put("d", page(10_000))

    assert gone == 1
    assert kept(store) == "acd"


def test_use_counts_once(store):
    for key in "abc":
        store.put(key, page(10_000))
    store.pages["a"].uses += 1
    for key in "defg":
        store.put(key, page(10_000))

    assert kept(store) == "efg"


def test_what_visitors_make_up_drives_out_no_page(store):
    store.put("a", page(10_000))
    store.put("b", page(10_000))
    for number in range(100):
        store.put(f"?{number}", page(10_000), is_made_up=True)

    assert sorted(key for key, _page in store) == ["?99", "a", "b"]


def test_page_in_place_of_another_takes_its_room(store):
    store.put("a", page(10_000))
    store.put("a", page(20_000))

    assert store.bytes == 20_000


def test_page_larger_than_all_the_room_is_not_kept(store):
    store.put("a", page(90_000))

    assert (kept(store), store.bytes) == ("", 0)


def test_dropped_page_is_the_one_that_was_meant(store):
    old, new = page(10_000), page(10_000)
    store.put("a", new)

    store.drop("a", old)
    assert kept(store) == "a"

    store.drop("a", new)
    assert (kept(store), store.bytes) == ("", 0)


def test_grown_page_is_weighed_anew(store):
    large = page(10_000)
    store.put("a", large)
    large.is_packable = True
    packed = large.packed("br")

    store.weigh("a", large)

    assert store.bytes == large.size > 10_000
    assert packed is large.variant_for("br")


def test_cleared_store_is_empty(store):
    store.put("a", page(10_000))
    store.put("b", page(10_000), is_made_up=True)

    store.clear()

    assert (len(store), store.bytes) == (0, 0)
