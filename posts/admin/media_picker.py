"""The pictures that the writing page offers: found, described and put into the text there."""

from http import HTTPStatus

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.forms import modelform_factory
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views import View

from blogsite.audit import recording
from posts import access
from posts.admin.editor import ForWriters, plain, refuse
from posts.admin.image import uses
from posts.models import Image

PAGE = 24  # pictures at once: four rows of six
DescriptionForm = modelform_factory(Image, fields=["alt"])


class PicturesView(ForWriters, View):
    """Pictures of whom asks, newest first, that hold `q` in their words; PAGE of them from `from`."""

    http_method_names = ["get"]

    def get(self, request):
        found = matching(request.user, request.GET.get("q", ""))
        first = number(request.GET.get("from", ""))
        rows = list(found[first : first + PAGE + 1])
        return JsonResponse(
            {
                "pictures": [described(image, request.user) for image in rows[:PAGE]],
                "next": first + PAGE if len(rows) > PAGE else None,
            }
        )


class PictureView(ForWriters, View):
    """One picture: where it is used; and a POST changes its description."""

    http_method_names = ["get", "post"]

    def get(self, request, pk):
        image = get_object_or_404(access.images_at_desk_of(request.user), pk=pk)
        image.asked_by = request.user
        posts = [
            {"title": str(post), "address": reverse("admin:posts_post_change", args=[post.pk])}
            for post in uses(image)
        ]
        return JsonResponse({"used_in": posts})

    @transaction.atomic
    def post(self, request, pk):
        image = get_object_or_404(access.images_at_desk_of(request.user), pk=pk)
        if not access.may_change_image(request.user, image):
            return JsonResponse({"error": ""}, status=HTTPStatus.FORBIDDEN)
        form = DescriptionForm(request.POST, instance=image)
        if not form.is_valid():
            return refuse(form.errors["alt"][0])
        if form.has_changed():
            form.save()
            recording.record("posts.image_changed", image, fields=["alt"])
        return JsonResponse(described(image, request.user))


def matching(user, sought: str):
    sought = sought.replace("\0", "").strip()[:100]
    pictures = access.images_at_desk_of(user).order_by(*Image._meta.ordering)
    words = Q(alt__icontains=sought) | Q(caption__icontains=sought)
    return pictures.filter(words | Q(original_name__icontains=sought))


def number(typed: str) -> int:
    """How many rows to leave out; nonsense leaves out none."""
    try:
        return min(max(int(typed), 0), 1_000_000)
    except ValueError:
        return 0


def described(image: Image, user) -> dict:
    return {
        "pk": image.pk,
        "url": image.url,
        "small": smallest(image),
        "alt": image.alt,
        "name": image.original_name,
        "size": f"{image.width} × {image.height}",
        "may_change": access.may_change_image(user, image),
        "code": f"![{plain(image.alt)}]({image.url})",
    }


def smallest(image: Image) -> str:
    copies = [copy for copy in image.renditions if copy["type"] == "image/webp"]
    small = min(copies, key=lambda copy: copy["width"], default=None)
    return default_storage.url(small["file"]) if small else image.url
