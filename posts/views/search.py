"""The page of the search, and what it suggests while somebody types."""

from functools import cached_property
from http import HTTPStatus

from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from posts.search import find, suggest
from posts.search.correcting import correct
from posts.search.limiting import may_suggest
from posts.views.public import PublicList, asked_page

QUERY_MAX_LENGTH = 200  # characters; longer questions are cut
RETRY_SECONDS = 60
SUGGESTION_MAX_LENGTH = 80  # nobody types more before reading what is offered


class SearchPage(PublicList):
    """What answers `?q=`, best first."""

    kept = None  # there is no end of questions
    template_name = "posts/search.jinja"
    robots = "noindex"

    @cached_property
    def results(self):
        return find(self.get_query())

    def get_query(self) -> str:
        return self.request.GET.get("q", "").replace("\0", " ").strip()[:QUERY_MAX_LENGTH]

    def get_queryset(self):
        return self.results.keys

    def paginate_queryset(self, queryset, page_size):
        page = asked_page(self.request, Paginator(queryset, page_size))
        page.object_list = self.results.posts(page.object_list)
        return page.paginator, page, page.object_list, page.has_other_pages()

    def get_heading(self):
        return _("Search")

    def get_description(self):
        return _("Find posts by their words.")

    def get_context_data(self, **kwargs):
        results = self.results
        few = self.get_query() and not results.keys
        return super().get_context_data(
            query=self.get_query(),
            results=results,
            correction=correct(self.get_query(), results.asked) if few else "",
            **kwargs,
        )


@require_safe
def suggestions(request):
    """Titles for what has been typed so far, in the format that browsers ask for (OpenSearch)."""
    text = request.GET.get("q", "").replace("\0", " ")[:SUGGESTION_MAX_LENGTH]
    if not may_suggest(request):
        return too_many()
    posts = suggest(text) if text.strip() else []
    answer = [
        text,
        [str(post) for post in posts],
        [post.description for post in posts],
        [post.permalink for post in posts],
    ]
    response = JsonResponse(answer, safe=False, content_type="application/x-suggestions+json")
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response


def too_many():
    """The box is a plain form then; no page, as none would be shown."""
    response = HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS, content_type="text/plain")
    response["Retry-After"] = RETRY_SECONDS
    response["Cache-Control"] = "no-store"
    return response
