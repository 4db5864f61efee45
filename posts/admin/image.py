from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from blogsite.deskadmin import DeskAdmin
from posts import access
from posts.admin.trashing import Trashing
from posts.models import Image
from posts.pictures import ImageRefused, store_image
from posts.search import posts_showing

MOST_USES = 50  # posts named on the page of a picture


class NewImageForm(forms.ModelForm):
    """A picture to upload; the words can be changed later, the picture itself not."""

    upload = forms.FileField(label=_("picture"), help_text=_("JPEG, PNG, GIF, WebP or AVIF."))

    class Meta:
        model = Image
        fields = ["alt", "caption"]

    uploaded_by = None

    def _post_clean(self):
        """Store as part of the check: whether a file is a picture shows in the attempt."""
        super()._post_clean()
        if self.errors:
            return
        upload, words = self.cleaned_data["upload"], self.cleaned_data
        try:
            self.instance = store_image(
                upload,
                name=upload.name,
                alt=words["alt"],
                caption=words["caption"],
                uploaded_by=self.uploaded_by,
                apart=not access.sees_all_images(self.uploaded_by),
            )
        except ImageRefused as refused:
            self.add_error("upload", ValidationError(str(refused)))


class DescribedFilter(admin.SimpleListFilter):
    title = _("description")
    parameter_name = "described"

    def lookups(self, request, model_admin):
        return [("no", _("Missing")), ("yes", _("Present"))]

    def queryset(self, request, queryset):
        answers = {"no": Q(alt=""), "yes": ~Q(alt="")}
        return queryset.filter(answers.get(self.value(), Q()))


class TrashedFilter(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return [("trashed", _("In the trash"))]

    def queryset(self, request, queryset):
        return queryset.trashed() if self.value() == "trashed" else queryset.filter(deleted_at=None)


@admin.register(Image)
class ImageAdmin(
    Trashing,
    DeskAdmin,
    admin.ModelAdmin,
):
    change_form_template = "admin/posts/image_form.html"
    list_display = ["thumbnail", "__str__", "size", "uploaded_by", "uploaded_at"]
    list_display_links = ["thumbnail", "__str__"]
    list_filter = [DescribedFilter, TrashedFilter, "uploaded_at"]
    list_select_related = ["uploaded_by"]
    sortable_by = ["uploaded_at"]  # of the others there is no index
    search_fields = ["alt", "caption", "original_name"]
    readonly_fields = [
        "picture",
        "size",
        "markdown",
        "used_in",
        "original_name",
        "uploaded_by",
        "uploaded_at",
    ]

    # --- Permissions ------------------------------------------------------------

    def get_queryset(self, request):
        """Those in the trash too; the filter leaves them out of lists."""
        mine = access.all_images_at_desk_of(request.user)
        return mine.select_related("deleted_by").order_by(*self.opts.ordering)

    def get_search_results(self, request, queryset, search_term):
        """Nobody chooses a cover from the trash."""
        if request.path == reverse("admin:autocomplete"):
            queryset = queryset.filter(deleted_at=None)
        return super().get_search_results(request, queryset, search_term)

    def get_object(self, request, object_id, from_field=None):
        """With who asks: the posts it is used in are not everybody's to know."""
        image = super().get_object(request, object_id, from_field)
        if image:
            image.asked_by = request.user
        return image

    def has_view_permission(self, request, obj=None):
        if obj is None:
            return super().has_view_permission(request) or self.has_change_permission(request)
        return super().has_view_permission(request, obj) or access.may_change_image(
            request.user, obj
        )

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return super().has_change_permission(request) or self.has_add_permission(request)
        return not obj.deleted_at and access.may_change_image(request.user, obj)

    # --- The form ---------------------------------------------------------------

    def get_fields(self, request, obj=None):
        words = ["alt", "caption"]
        return ["picture", *words, *self.readonly_fields[1:]] if obj else ["upload", *words]

    def get_readonly_fields(self, request, obj=None):
        return self.readonly_fields if obj else []

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj:
            return super().get_form(request, obj, change, **kwargs)
        return type("NewImageForm", (NewImageForm,), {"uploaded_by": request.user})

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)

    def view_on_site(self, image):
        return None if image.deleted_at else image.get_absolute_url()

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["can_restore"] = bool(obj) and self.has_restore_permission(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def delete_view(self, request, object_id, extra_context=None):
        """Asks with the texts at hand that show the picture."""
        image = self.get_object(request, unquote(object_id))
        used = list(uses(image)) if image else []
        return super().delete_view(request, object_id, {"used_in": used} | (extra_context or {}))

    @admin.display(description=_("picture"))
    def thumbnail(self, image):
        return picture_tag(image, "desk-thumbnail")

    @admin.display(description=_("picture"))
    def picture(self, image):
        return picture_tag(image, "desk-picture")

    @admin.display(description=_("size"))
    def size(self, image):
        return f"{image.width} × {image.height}"

    @admin.display(description=_("in a text"))
    def markdown(self, image):
        return format_html("<code>![]({})</code>", image.url)

    @admin.display(description=_("used in"))
    def used_in(self, image):
        posts = [(reverse("admin:posts_post_change", args=[post.pk]), post) for post in uses(image)]
        links = format_html_join(", ", '<a href="{}">{}</a>', posts)
        return links or _("No post")


def uses(image: Image):
    """Posts that show the picture, as cover or in the text; the first fifty, newest first.

    Of those that `image.asked_by` may look at.
    """
    user = image.asked_by
    mine = access.posts_at_desk_of(user).filter(deleted_at=None)
    in_text = posts_showing(image.file, MOST_USES, None if access.sees_all_posts(user) else user)
    covered = mine.filter(cover=image).newest_first().values_list("pk", flat=True)[:MOST_USES]
    return mine.filter(pk__in={*in_text, *covered}).newest_first().without_text()[:MOST_USES]


def picture_tag(image: Image, css_class: str):
    small = next((copy for copy in image.renditions if copy["type"] == "image/webp"), None)
    source = default_storage.url(small["file"]) if small else image.url
    return format_html(
        '<img class="{}" src="{}" alt="{}" loading="lazy">', css_class, source, image.alt
    )
