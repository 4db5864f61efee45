"""The two addresses that markdownx brings: preview and upload.

markdownx's own views answer everyone; these take their place under the same names and answer
people who may write.
"""

from http import HTTPStatus

from django import forms
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markdownx.views import ImageUploadView, MarkdownifyView

from blogsite.audit import recording
from posts import access
from posts.admin.preview import markdownify, preview
from posts.models import Image
from posts.pictures import ImageRefused, store_image

WRITING = ["posts.add_post", "posts.change_post", "posts.add_page", "posts.change_page"]


def may_write(user) -> bool:
    return user.is_active and user.is_staff and any(map(user.has_perm, WRITING))


class ForWriters:
    """Mixin: only for staff who may write posts or pages, and POST only unless the view says more."""

    http_method_names = ["post"]

    def dispatch(self, request, *args, **kwargs):
        if not may_write(request.user):
            message = _(
                "You are signed out, or may not write here. Your text is still in the page."
            )
            return JsonResponse({"error": message}, status=HTTPStatus.FORBIDDEN)
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response


class PreviewView(ForWriters, MarkdownifyView):
    """The text as its page would show it: HTML, or JSON with its facts for who asks for that."""

    def post(self, request, *args, **kwargs):
        source = request.POST.get("content", "")
        if request.accepts("text/html"):
            return HttpResponse(markdownify(source))
        return JsonResponse(preview(source))


class UploadForm(forms.Form):
    image = forms.FileField(
        error_messages={
            "required": gettext_lazy("Please choose a picture."),
            "empty": gettext_lazy("The file is empty."),
        }
    )


class UploadView(ForWriters, ImageUploadView):
    """Keeps a picture and answers with the Markdown that shows it."""

    form_class = UploadForm

    def form_valid(self, form):
        upload = form.cleaned_data["image"]
        try:
            image = self.keep(upload)
        except ImageRefused as refused:
            return refuse(str(refused))
        return JsonResponse(
            {
                "image_code": f"![{plain(image.alt)}]({image.url})",
                "url": image.url,
                "alt": image.alt,
            }
        )

    def keep(self, upload) -> Image:
        """Not in one transaction: a picture takes seconds, in which nobody else could write."""
        image = store_image(
            upload,
            name=upload.name,
            uploaded_by=self.request.user,
            apart=not access.sees_all_images(self.request.user),
        )
        recording.record("posts.image_added", image)
        return image

    def form_invalid(self, form):
        return refuse(form.errors["image"][0])


def refuse(message: str) -> JsonResponse:
    return JsonResponse({"error": message}, status=HTTPStatus.BAD_REQUEST)


def plain(text: str) -> str:
    """`text` for the brackets of a Markdown image: nothing in it ends them early."""
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
