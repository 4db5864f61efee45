"""Pages that hang on a post: they are there while it is."""

from django.http import Http404
from django.utils.translation import gettext as _

from blogsite import errors
from posts.models import Post


class UnderPost:
    """Mixin: finds the published post of the address as `self.discussed`."""

    def dispatch(self, request, *args, **kwargs):
        slug = kwargs["slug"]
        self.discussed = Post.objects.published().for_page().filter(slug=slug).first()
        if self.discussed:
            return super().dispatch(request, *args, **kwargs)
        return missing(request, slug)


def missing(request, slug: str):
    """410 below a text that readers had and have no more, as at its own address; raises Http404 below any other.

    To those who may see a draft it is 404 as well: there is nothing to discuss yet.
    """
    hidden = Post.everything.without_text().filter(slug=slug).first()
    if hidden and hidden.is_gone:
        return errors.gone(request)
    raise Http404(_("There is no such post."))
