"""Many comments, quickly and always the same: for benchmarks, and for tests of long discussions.

Beside `posts.generate`, and as there: a few bodies are rendered once, and every row holds exactly
what `save()` would have computed for it, which a test checks.
"""

# ruff: noqa: S311 (nothing here is secret; it has to be the same each time)

import random
from array import array
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from django.db import transaction

from comments import reasons, searching
from comments.models import Comment, Discussion, Status
from comments.rendering import render_comment
from posts.generate import make_authors, paragraph, sentence, word
from posts.models import Post
from posts.rendering import VERSION

POOL = 200  # different bodies; with more, nothing measured changes
TALK = 8  # comments written about one post before the next one's turn comes
BATCH = 250 * TALK
THREAD_SHARE = 0.45  # of comments that begin a thread
MEMBER_SHARE = 0.1
NAMES = 500  # different guests
# Out of a hundred comments; the rest is approved.
PENDING, SPAM, REMOVED = 3, 2, 1
EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


def generate(count: int, seed: int, on_one_post: int = 0, progress=iter) -> int:
    """Make sure that the `count` comments of `seed` are there; returns how many were made now.

    The first `on_one_post` of them are about the newest post, the others about posts by lot.
    Raises Post.DoesNotExist where none is published.
    """
    posts = published()
    if not posts:
        raise Post.DoesNotExist
    members = [user.pk for user in make_authors()]
    made = 0
    for start in progress(range(0, count, BATCH)):
        numbers = range(start, min(start + BATCH, count))
        made += store([plan(number, seed, posts, members, on_one_post) for number in numbers])
    return made


def published() -> "Posts":
    """Keys and dates of all posts, the newest first: sixteen bytes for each."""
    posts = Posts(array("q"), array("q"))
    rows = Post.objects.published().newest_first().values_list("pk", "published_at")
    for key, moment in rows.iterator():
        posts.keys.append(key)
        posts.moments.append((moment - EPOCH) // MICROSECOND)
    return posts


@dataclass(frozen=True)
class Posts:
    """`moments` are microseconds since EPOCH."""

    keys: array
    moments: array

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, place: int) -> tuple[int, datetime]:
        return self.keys[place], EPOCH + self.moments[place] * MICROSECOND


@transaction.atomic
def store(planned: list[tuple[Comment, str]]) -> int:
    """Save those comments that are not there yet, each after what it answers; how many."""
    by_source = {comment.source: comment for comment, _parent in planned}
    there = dict(Comment.objects.filter(source__in=by_source).values_list("source", "pk"))
    for source, key in there.items():
        by_source[source].pk = key
    made = []
    left = planned
    while left:
        ready = [pair for pair in left if not pair[1] or by_source[pair[1]].pk]
        left = [pair for pair in left if pair[1] and not by_source[pair[1]].pk]
        for comment, parent in ready:
            if parent:
                answer(comment, by_source[parent])
        new = [comment for comment, _parent in ready if comment.pk is None]
        made += Comment.objects.bulk_create(new)
    searching.keep_in_step(comment.pk for comment in made)
    if made:
        Discussion.refresh(comment.post_id for comment in made)
    return len(made)


def answer(comment: Comment, parent: Comment) -> None:
    comment.parent_id = parent.pk
    comment.thread_id = parent.thread_id or parent.pk
    comment.depth = parent.depth + 1


def plan(number: int, seed: int, posts: Posts, members: list[int], on_one_post: int):
    """The comment of that number, and the source of the one that it answers, '' for none."""
    talk, place = divmod(number, TALK)
    of_talk = random.Random(f"{seed}:talk:{talk}")
    post, moment = posts[0] if talk * TALK < on_one_post else of_talk.choice(posts)
    chance = random.Random(f"{seed}:comment:{number}")
    answered = 0 if place == 0 or chance.random() < THREAD_SHARE else chance.randint(1, place)
    comment = Comment(
        post_id=post,
        created_at=moment + timedelta(hours=talk % 2000, minutes=7 * place),
        source=source_of(number, seed),
        **written(chance, seed),
        **by_whom(chance, members),
        **judged(chance),
    )
    if comment.is_approved:
        comment.approved_at = comment.created_at
    return comment, source_of(number - answered, seed) if answered else ""


def source_of(number: int, seed: int) -> str:
    return f"generated:{seed}:{number}"


def written(chance: random.Random, seed: int) -> dict:
    body, html = make_body(seed, chance.randrange(POOL))
    return {"body": body, "body_html": html, "renderer_version": VERSION}


def by_whom(chance: random.Random, members: list[int]) -> dict:
    if chance.random() < MEMBER_SHARE:
        return {"member_id": chance.choice(members)}
    number = chance.randrange(NAMES)
    return guest(number)


@cache
def guest(number: int) -> dict:
    name = f"{word(random.Random(number))} {word(random.Random(-number))}".title()
    site = f"https://guest{number}.example/" if number % 3 == 0 else ""
    return {"name": name, "email": f"guest{number}@example.org", "site": site}


def judged(chance: random.Random) -> dict:
    lot = chance.randrange(100)
    if lot < PENDING:
        return {"status": Status.PENDING, "reason": reasons.FIRST_COMMENT}
    if lot < PENDING + SPAM:
        return {"status": Status.SPAM, "reason": reasons.LOOKS_LIKE_SPAM}
    if lot < PENDING + SPAM + REMOVED:
        return {"status": Status.REMOVED, "reason": reasons.MODERATOR}
    return {"status": Status.APPROVED, "reason": reasons.OPEN}


@cache
def make_body(seed: int, place: int) -> tuple[str, str]:
    """One of the pool, as Markdown and as HTML; every tenth holds code."""
    chance = random.Random(f"{seed}:comment body:{place}")
    parts = [sentence(chance, chance.randint(4, 14)) for _number in range(chance.randint(1, 3))]
    if place % 4 == 0:
        parts.append(paragraph(chance))
    if place % 10 == 0:
        parts.append(f"```python\nprint({word(chance)!r})\n```")
    body = "\n\n".join(parts)
    return body, render_comment(body)
