"""Jobs for the tests."""

from blogsite.outgoing.jobs import GiveUp, TryLater, job

done = []  # what `fine` was called with, in this process


@job
def fine(number: int) -> None:
    done.append(number)


@job
def broken() -> None:
    1 / 0  # noqa: B018 - meant to fail


@job(tries=2)
def broken_twice() -> None:
    1 / 0  # noqa: B018 - meant to fail


@job
def later(seconds: int) -> None:
    raise TryLater("The other side is asleep.", after=seconds)


@job
def hopeless() -> None:
    raise GiveUp("There is nobody of this name.")
