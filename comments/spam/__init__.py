"""The spam filter."""


def learn(comment, verdict: str) -> None:
    """Learn `comment` as "good" or "spam", or forget it ("")."""
