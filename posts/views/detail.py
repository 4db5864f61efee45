"""One post or one page."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q, Subquery
from django.http import Http404, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.decorators import method_decorator
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import DetailView

from blogsite import errors
from blogsite.pagecache import remembered
from blogsite.prepared import Prepared
from posts import freshness
from posts.models import Page, Post, Series, SiteSettings
from posts.models.publication import time_of_readers
from posts.views.public import PublicPage

MARKDOWN = "text/markdown"
RELATED_POSTS = 3


@Prepared
def public_posts(now, slug):
    # There is one at most, so no order is asked for.
    return Post.objects.published(now=now).for_page().filter(slug=slug).order_by()[:1]


@Prepared
def public_pages(now, slug):
    return Page.objects.published(now=now).filter(slug=slug).order_by()[:1]


@Prepared
def texts_by_slug(model, *, slug):
    """Public or not."""
    return model.everything.filter(slug=slug).order_by()


class PublicationView(PublicPage, DetailView):
    """A published text for everyone; an unpublished one for who may see it, and never kept."""

    kept = {"types": ["text/html", MARKDOWN]}
    is_over = False  # what was found is gone, and the address says so

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        if self.is_over:
            return errors.gone(request)
        if self.wants_markdown():
            return self.answer_markdown()
        response = self.render_to_response(self.get_context_data(object=self.object))
        response["Link"] = f'<{self.object.markdown_address}>; rel="alternate"; type="{MARKDOWN}"'
        return self.mark_private(response)

    def get_object(self, queryset=None):
        slug = self.kwargs["slug"]
        public = self.find_public(slug=slug, now=time_of_readers())
        found = next(iter(public), None) or self.get_hidden(slug)
        if found is None:
            raise Http404(_("There is no such post."))
        return found

    def get_hidden(self, slug):
        """What is not public: open to some who are signed in; a 410 once removed, else unknown.

        Removed is what readers could see: trashed, expired or taken back.
        """
        # Without a session cookie nobody is signed in: the session stays unread, so the
        # answer does not vary by cookie.
        if settings.SESSION_COOKIE_NAME in self.request.COOKIES:
            mine = self.get_visible().filter(slug=slug).first()
            if mine:
                return mine
        hidden = next(iter(texts_by_slug(self.model, slug=slug)), None)
        self.is_over = bool(hidden) and hidden.is_gone
        return hidden if self.is_over else None

    def get_visible(self):
        if self.request.user.has_perm(f"posts.change_{self.model._meta.model_name}"):
            return self.model.objects.all()
        return self.model.objects.none()

    def wants_markdown(self) -> bool:
        return self.request.get_preferred_type(["text/html", MARKDOWN]) == MARKDOWN

    def answer_markdown(self):
        """The text byte for byte; what else there is to know stands in the headers."""
        response = HttpResponse(self.object.body, content_type=f"{MARKDOWN}; charset=utf-8")
        response["Content-Location"] = self.object.markdown_address
        # Search engines list the page and not its source.
        response["Link"] = f'<{iri_to_uri(self.get_original_address())}>; rel="canonical"'
        if self.object.noindex:
            response["X-Robots-Tag"] = "noindex"
        return self.mark_private(response)

    def get_original_address(self) -> str:
        """Where the text is at home, which may be another site."""
        return getattr(self.object, "canonical_url", "") or self.object.permalink

    def mark_private(self, response):
        patch_vary_headers(response, ["Accept"])
        if not self.object.is_published:
            patch_cache_control(response, private=True, no_store=True)
            response["X-Robots-Tag"] = "noindex"
        return response

    def get_heading(self):
        return self.object.title

    def get_description(self):
        return self.object.description

    @property
    def robots(self):
        hidden = self.object.noindex or not self.object.is_published
        return "noindex" if hidden else "max-image-preview:large"


class PostDetail(PublicationView):
    # With `reply` the form below names the comment that it answers.
    kept = PublicationView.kept | {"except_with": ["reply"]}
    model = Post
    find_public = public_posts
    template_name = "posts/post_detail.jinja"
    context_object_name = "post"

    def get_visible(self):
        return Post.objects.visible_to(self.request.user).for_page()

    def get_canonical_path(self):
        return self.object.get_absolute_url()

    def get_context_data(self, **kwargs):
        post = self.object
        months = SiteSettings.load().stale_after_months
        earlier, later = neighbours(post)
        replaces_some = getattr(post, "replaces_some", True)
        return super().get_context_data(
            stale=post.is_stale(months),
            series_parts=parts_of(post.series_id) if post.series_id else [],
            next_post=later,
            previous_post=earlier,
            replaced_posts=list(freshness.replaced_by(post)) if replaces_some else [],
            related_posts=related(post),
            **kwargs,
        )


@remembered
def parts_of(series_key: int) -> list[Post]:
    """The parts of a series that readers see, in their order, without their texts."""
    return list(Series.objects.get(pk=series_key).published_parts().without_text())


def neighbours(post: Post) -> tuple[Post | None, Post | None]:
    """The published posts before and after `post`."""
    return neighbours_of(post.published_at, post.pk) if post.published_at else (None, None)


@remembered  # a new comment makes a page anew, and leaves these as they are
def neighbours_of(moment: datetime, key: int) -> tuple[Post | None, Post | None]:
    now = time_of_readers()
    found = beside(now=now, until=min(now, moment), moment=moment, key=key)
    by_side = {(each.published_at, each.pk) > (moment, key): each for each in found}
    return by_side.get(False), by_side.get(True)


@Prepared
def beside(now, until, moment, key):
    published = Post.objects.published(now=now)
    post = Post(pk=key, published_at=moment)
    before = published.before(post, now, until).values("pk")[:1]
    after = published.after(post).values("pk")[:1]
    return Post.objects.filter(Q(pk=Subquery(before)) | Q(pk=Subquery(after))).for_links()


def related(post: Post) -> list[Post]:
    """Posts that share tags with `post`."""
    tags = tuple(tag.pk for tag in post.tag_list)
    # No series has the key 0.
    return related_to(post.pk, tags, post.series_id or 0) if tags else []


@remembered
def related_to(post: int, tags: tuple[int, ...], series: int) -> list[Post]:
    return sharing(now=time_of_readers(), tags=list(tags), post=post, series=series)


@Prepared
def sharing(now, tags, post, series):
    published = Post.objects.published(now=now).for_links()
    return published.sharing(tags, post, series, most=10, now=now)[:RELATED_POSTS]


@method_decorator(csrf_exempt, name="dispatch")  # nothing here acts, so a POST is a plain 405
class PostMarkdown(PostDetail):
    """The text as it was typed, at `/post/<slug>.md`."""

    kept = {"types": [MARKDOWN]}

    def wants_markdown(self):
        return True


class PageDetail(PublicationView):
    model = Page
    find_public = public_pages
    template_name = "posts/page_detail.jinja"
    context_object_name = "page"

    def get_canonical_path(self):
        """The root for the page that stands there; it answers at both addresses."""
        is_front = SiteSettings.load().front_page_id == self.object.pk
        return "/" if is_front else self.object.get_absolute_url()


@method_decorator(csrf_exempt, name="dispatch")
class PageMarkdown(PageDetail):
    """The text as it was typed, at `/<slug>.md`."""

    kept = {"types": [MARKDOWN]}

    def wants_markdown(self):
        return True
