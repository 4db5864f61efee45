"""A draft for somebody who was sent a link to it."""

from http import HTTPStatus

from django.db import DatabaseError
from django.shortcuts import render

from blogsite.readonly import state
from posts import draft_links
from posts.models import Post
from posts.views.detail import PostDetail


class SharedDraft(PostDetail):
    """The draft as its page will look, for as long as the link is open."""

    kept = None
    http_method_names = ["get", "head", "options"]

    def get(self, request, *args, token, **kwargs):
        self.link = draft_links.find(token)
        self.object = self.find_post()
        if self.object is None or self.link.revoked_at:
            return self.nothing_here()
        if self.object.is_published:
            return self.published_meanwhile()
        if not self.link.is_open or not self.is_still_to_come():
            return self.nothing_here()
        if not draft_links.is_backed(self.link):
            return self.nothing_here()
        response = self.render_to_response(
            self.get_context_data(object=self.object, draft_link=self.link)
        )
        response.render()
        if is_opening(request):
            draft_links.note_opening(self.link)
        return between_us(response)

    def find_post(self) -> Post | None:
        return Post.objects.for_page().filter(pk=self.link.post_id).first() if self.link else None

    def is_still_to_come(self) -> bool:
        """Whether readers have yet to see it; one taken back was published since an older link."""
        withdrawn_at = self.object.withdrawn_at
        was_published = bool(withdrawn_at) and withdrawn_at >= self.link.made_at
        return self.object.is_to_come and not was_published

    def nothing_here(self):
        """The same whatever the reason: of a draft even its end is nobody's business."""
        context = {"robots": "noindex"}
        return between_us(
            render(self.request, "posts/draft_link_over.html", context, status=HTTPStatus.NOT_FOUND)
        )

    def published_meanwhile(self):
        context = {"robots": "noindex", "post": self.object}
        return between_us(
            render(self.request, "posts/draft_link_over.html", context, status=HTTPStatus.GONE)
        )

    @property
    def robots(self):
        return "noindex"


def is_opening(request) -> bool:
    """Whether somebody looks at the page, and no browser or server merely looks ahead."""
    ahead = request.headers.get("Sec-Purpose", "") or request.headers.get("Purpose", "")
    return request.method == "GET" and "prefetch" not in ahead and not is_read_only()


def is_read_only() -> bool:
    try:
        return state.lock() is not None
    except DatabaseError:
        return True  # then nothing can be counted either


def between_us(response):
    """Kept by nobody, found by nobody, and its address told to nobody."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
