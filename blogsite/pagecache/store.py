"""The kept pages of one process, within a limit of bytes; the least recently used go first."""

import threading
from collections.abc import Hashable, Iterator

from blogsite.pagecache.pages import Page

# What visitors can make up without end (addresses with a query, and such as are no page) may take
# this part of the room, so that it never drives out a page.
MADE_UP_SHARE = 0.25
# One page may take this part.
LARGEST_SHARE = 0.125


class Shelf:
    """Some of the pages, in the order in which they were last moved to the end.

    A reader only marks a page as used. It is moved when its turn to go comes: that leaves nothing
    to do for each reader, and nothing to lock.
    """

    def __init__(self, most_bytes: int):
        self.most_bytes = most_bytes
        self.bytes = 0
        self.sizes: dict[Hashable, tuple[int, int]] = {}  # size, and uses when it came to the end

    def put(self, pages: dict[Hashable, Page], key: Hashable, page: Page) -> int:
        """The number of pages that had to go for it."""
        self.drop(pages, key)
        pages[key] = page
        self._add(key, page)
        gone = 0
        while self.bytes > self.most_bytes:
            oldest = next(iter(self.sizes))
            old_page, uses = pages[oldest], self.sizes[oldest][1]
            if oldest != key and old_page.uses > uses:  # used since: to the end with it
                self.bytes -= self.sizes.pop(oldest)[0]
                self._add(oldest, old_page)
            else:
                self.drop(pages, oldest)
                gone += 1
        return gone

    def drop(self, pages: dict[Hashable, Page], key: Hashable) -> None:
        if key in self.sizes:
            self.bytes -= self.sizes.pop(key)[0]
            pages.pop(key, None)

    def _add(self, key: Hashable, page: Page) -> None:
        size = page.size
        self.sizes[key] = size, page.uses
        self.bytes += size


class Store:
    """`pages` may be read by anyone at any time; it is changed here alone."""

    def __init__(self, most_bytes: int):
        self.largest = int(most_bytes * LARGEST_SHARE)
        self.pages: dict[Hashable, Page] = {}
        self.mutex = threading.Lock()
        made_up = int(most_bytes * MADE_UP_SHARE)
        self.made_up, self.real = Shelf(made_up), Shelf(most_bytes - made_up)

    @property
    def bytes(self) -> int:
        return self.made_up.bytes + self.real.bytes

    def put(self, key: Hashable, page: Page, *, is_made_up: bool = False) -> int:
        """The number of pages that had to go for it."""
        with self.mutex:
            other, shelf = (self.real, self.made_up) if is_made_up else (self.made_up, self.real)
            other.drop(self.pages, key)
            return shelf.put(self.pages, key, page)

    def weigh(self, key: Hashable, page: Page) -> None:
        """To be called when a page has grown or shrunk."""
        with self.mutex:
            for shelf in [self.made_up, self.real]:
                if key in shelf.sizes and self.pages.get(key) is page:
                    shelf.put(self.pages, key, page)

    def drop(self, key: Hashable, page: Page) -> None:
        """Take `page` out, if it is still the one under `key`."""
        with self.mutex:
            if self.pages.get(key) is page:
                self.made_up.drop(self.pages, key)
                self.real.drop(self.pages, key)

    def clear(self) -> None:
        with self.mutex:
            for key in list(self.pages):
                self.made_up.drop(self.pages, key)
                self.real.drop(self.pages, key)

    def __iter__(self) -> Iterator[tuple[Hashable, Page]]:
        return iter(list(self.pages.items()))

    def __len__(self) -> int:
        return len(self.pages)
