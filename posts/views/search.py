from django.utils.translation import gettext as _

from posts.search import find_posts
from posts.views.public import PublicList

QUERY_MAX_LENGTH = 200  # characters; longer questions are cut


class SearchPage(PublicList):
    """Published posts that hold all words of `?q=`."""

    template_name = "posts/search.html"
    robots = "noindex"

    def get_query(self) -> str:
        return self.request.GET.get("q", "").strip()[:QUERY_MAX_LENGTH]

    def get_queryset(self):
        return find_posts(self.get_query()).newest_first().for_cards()

    def get_heading(self):
        return _("Search")

    def get_description(self):
        return _("Find posts by their words.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(query=self.get_query(), **kwargs)
