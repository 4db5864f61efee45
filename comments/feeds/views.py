"""Feeds of comments as answers to requests."""

from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt

from blogsite.pagecache import keep
from comments import topics
from comments.feeds import subjects
from comments.feeds.entries import entry_for
from comments.feeds.writers import COMMENT_WRITERS
from comments.reading.threads import CountedPaginator
from comments.views.under import UnderPost
from posts.feeds.views import FeedAlias, FeedView
from posts.views.public import asked_page

ENTRIES = 30  # comments a document


class AllComments:
    """Mixin: comments of the whole site."""

    def find_subject(self):
        return subjects.the_site()

    def reading(self):
        return topics.reading_all()


class CommentsOfPost(UnderPost):
    """Mixin: comments of one post."""

    def find_subject(self, slug):
        return subjects.a_post(self.discussed)

    def reading(self):
        return topics.reading([self.discussed.pk])


class CommentFeed(AllComments, FeedView):
    """One feed of comments in one format, in numbered pages."""

    def get(self, request, **names):
        with self.reading():
            return super().get(request, **names)

    def find_page(self, subject):
        paginator = CountedPaginator(subject.comments, ENTRIES, subject.count)
        return asked_page(self.request, paginator)

    def get_writer(self):
        return COMMENT_WRITERS[self.format]

    def get_page_path(self, subject):
        return subject.page_path

    def add_items(self, feed, comments, subject):
        for comment in comments:
            feed.add_item(**entry_for(comment))


class CommentFeedAlias(AllComments, FeedAlias):
    pass


@method_decorator(keep(parameters=["page"]), name="dispatch")
@method_decorator(csrf_exempt, name="dispatch")  # nothing here acts, so a POST is a plain 405
class PostCommentFeed(CommentsOfPost, CommentFeed):
    pass


@method_decorator(keep(parameters=["page"]), name="dispatch")
@method_decorator(csrf_exempt, name="dispatch")
class PostCommentFeedAlias(CommentsOfPost, FeedAlias):
    pass
