"""Pages that hang on a post: they are there while it is."""

from django.http import Http404
from django.utils.translation import gettext as _

from blogsite import errors
from posts.models import Post


class UnderPost:
    """Mixin: finds the published post of the address as `self.discussed`.

    Below a text that was removed the answer is 410, as at its own address, and below any other
    404. To those who may see a draft it is 404 as well: there is nothing to discuss yet.
    """

    def dispatch(self, request, *args, **kwargs):
        slug = kwargs["slug"]
        self.discussed = Post.objects.published().for_page().filter(slug=slug).first()
        if self.discussed:
            return super().dispatch(request, *args, **kwargs)
        trashed = Post.everything.trashed().filter(slug=slug).first()
        if trashed and trashed.was_public:
            return errors.gone(request)
        raise Http404(_("There is no such post."))
