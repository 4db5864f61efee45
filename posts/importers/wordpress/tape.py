"""A text of any length that is looked at through a window, and searched without going twice."""

from collections.abc import Iterator

ENOUGH = 64 * 1024  # characters: dropping what was read copies the rest, so not for every few
NEEDLES_REMEMBERED = 200


class TooLongError(Exception):
    """What began at the window's start did not end within the limit."""


class Tape:
    """`text` is the window; positions are in it, and are good until the next `drop`."""

    def __init__(self, pieces: Iterator[str]):
        self.pieces = iter(pieces)
        self.text = ""
        self.at = 0
        self.ended = False
        self.dropped = 0  # characters before the window
        self.searched: dict[str, tuple[int, int, bool]] = {}

    def drop(self) -> None:
        """Forget what lies before `at`."""
        if self.at > max(ENOUGH, len(self.text) // 4) or self.at == len(self.text):
            self.dropped += self.at
            self.text = self.text[self.at :]
            self.at = 0

    def more(self) -> bool:
        """Make the window longer; False at the end of the text."""
        for piece in self.pieces:
            if piece:
                self.text += piece
                return True
        self.ended = True
        return False

    def has(self, length: int, start: int) -> None:
        """Have `length` characters from `start` in the window, or all that there are."""
        while len(self.text) - start < length and self.more():
            pass

    def find(self, needle: str, start: int, limit: int) -> int:
        """Where `needle` is, from `start` on; -1 where the text ends without it.

        Raises TooLongError where it is not within `limit` characters. What a search found is kept:
        a file full of beginnings without an end must not be read to its end for each of them.
        """
        came_from, reached, found = self.searched.get(needle, (0, 0, False))
        began = start + self.dropped
        if came_from <= began <= reached:
            if found:
                return self.within(reached - self.dropped, start, limit)
            start_at = max(start, reached - self.dropped)
        else:
            came_from, start_at = began, start
        while True:
            place = self.text.find(needle, start_at)
            if place >= 0:
                self.remember(needle, came_from, place + self.dropped, True)
                return self.within(place, start, limit)
            start_at = max(start_at, len(self.text) - len(needle) + 1)
            if len(self.text) - start > limit or not self.more():
                break
        self.remember(needle, came_from, start_at + self.dropped, False)
        return -1 if self.ended else self.within(len(self.text), start, limit)

    def within(self, place: int, start: int, limit: int) -> int:
        if place - start > limit:
            raise TooLongError
        return place

    def remember(self, needle: str, came_from: int, reached: int, found: bool) -> None:
        if len(self.searched) > NEEDLES_REMEMBERED:
            self.searched.clear()
        self.searched[needle] = (came_from, reached, found)
