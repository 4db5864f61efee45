"""A post as a Markdown file: taken from the desk, and brought back."""

from django.contrib.admin.utils import unquote
from django.http import Http404, HttpResponse
from django.urls import path
from django.utils.http import content_disposition_header

from posts.admin.publication import PublicationAdmin
from posts.exporters.markdown import markdown_of


class MarkdownFiles(PublicationAdmin):
    """Mixin for the admin of posts."""

    def get_urls(self):
        out = path(
            "<path:object_id>/markdown/",
            self.admin_site.admin_view(self.markdown_file),
            name="posts_post_markdown",
        )
        return [out, *super().get_urls()]

    def markdown_file(self, request, object_id):
        """The post, for whoever may look at it."""
        post = self.get_object(request, unquote(object_id))
        if post is None or not self.has_view_permission(request, post):
            raise Http404
        response = HttpResponse(markdown_of(post), content_type="text/markdown; charset=utf-8")
        name = f"{post.slug}.md"
        response["Content-Disposition"] = content_disposition_header(True, name)
        return response
