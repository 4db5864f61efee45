"""Filling the discussions of the demo."""

from datetime import timedelta
from pathlib import Path

import yaml
from django.contrib.auth import get_user_model
from django.db import transaction

from comments.models import Comment, Discussion, Status
from posts.models import Post

HERE = Path(__file__).parent
WRITTEN = ("name", "email", "site", "kind", "reason", "body")  # taken over as they stand


@transaction.atomic
def load() -> int:
    """Bring in the demo's comments, or what is missing of them; how many came in.

    A post that is not there, or not published, is left out with all its comments.
    """
    with (HERE / "discussions.yaml").open() as file:
        discussions = yaml.safe_load(file)
    posts = {post.slug: post for post in Post.objects.published().filter(slug__in=discussions)}
    made = [
        comment
        for slug, entries in discussions.items()
        if slug in posts
        for comment in load_answers(posts[slug], None, entries)
    ]
    Discussion.refresh(comment.post_id for comment in made)
    return len(made)


def load_answers(
    post: Post, parent: Comment | None, entries: list[dict], place=""
) -> list[Comment]:
    """The comments in `entries` that were not there yet, with all that answer them.

    `place` is the way to `parent` in the file: `2.1.` is the first answer to the second comment.
    """
    made = []
    for number, entry in enumerate(entries, start=1):
        source = f"demo:{post.slug}:{place}{number}"
        comment = Comment.objects.filter(source=source).first()
        if comment is None:
            comment = make_comment(post, parent, entry, source)
            made.append(comment)
        made += load_answers(post, comment, entry.get("answers", []), f"{place}{number}.")
    return made


def make_comment(post: Post, parent: Comment | None, entry: dict, source: str) -> Comment:
    moment = post.published_at + timedelta(hours=entry["after"])
    status = entry.get("status", Status.APPROVED)
    return Comment.objects.create(
        post=post,
        parent=parent,
        member=get_user_model().objects.filter(handle=entry.get("member")).first(),
        status=status,
        created_at=moment,
        approved_at=moment if status == Status.APPROVED else None,
        source=source,
        **{name: entry[name] for name in WRITTEN if name in entry},
    )
