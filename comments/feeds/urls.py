"""The addresses of the feeds of comments."""

from comments.feeds.views import (
    CommentFeed,
    CommentFeedAlias,
    PostCommentFeed,
    PostCommentFeedAlias,
)
from posts.feeds.urls import below


def feed_addresses() -> list:
    return [
        *below("site", "comments/", CommentFeed, CommentFeedAlias),
        *below("post", "post/<word:slug>/comments/", PostCommentFeed, PostCommentFeedAlias),
    ]
