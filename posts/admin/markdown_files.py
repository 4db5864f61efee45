"""A post as a Markdown file: taken from the desk, and brought back."""

import base64
import binascii
from uuid import uuid4

from django import forms
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from posts.admin.publication import PublicationAdmin
from posts.admin.taking import Taken
from posts.admin.widgets import BodyField
from posts.drafting.sent import as_sent
from posts.exporters.markdown import markdown_of
from posts.importers.reading import Refused
from posts.importers.single import MAX_BYTES, read_single
from posts.line_ends import with_lf


class MarkdownForm(forms.Form):
    """A file, or what is in one."""

    file = forms.FileField(label=_("Markdown file"), required=False)
    text = forms.CharField(
        label=_("or its text"), required=False, strip=False, widget=forms.Textarea
    )

    def clean(self):
        cleaned = super().clean()
        upload, text = cleaned.get("file"), cleaned.get("text")
        if not upload and not text and not self.errors:
            raise ValidationError(_("Choose a file, or paste its text."))
        if upload or text:
            self.data_of_file = upload.read(MAX_BYTES + 1) if upload else with_lf(text).encode()
            try:
                self.single = read_single(self.data_of_file)
            except Refused as refused:
                raise ValidationError(str(refused)) from refused
        return cleaned


class ExactBody(BodyField):
    """The text of a file: its bytes are kept, whatever a browser would have done to them."""

    def __init__(self, exact: str, **kwargs):
        super().__init__(**kwargs)
        self.exact = exact

    def has_changed(self, initial, data):
        return (initial or "") != self.exact

    def kept(self, submitted, stored):
        return self.exact


class MarkdownFiles(PublicationAdmin):
    """Mixin for the admin of posts. What comes in is saved by the form of the post itself."""

    def get_urls(self):
        pages = {
            "<path:object_id>/markdown/": ("markdown", self.markdown_file),
            "<path:object_id>/import/": ("import", self.import_view),
            "import/": ("import_new", self.import_view),
        }
        own = [
            path(way, self.admin_site.admin_view(view), name=f"posts_post_{name}")
            for way, (name, view) in pages.items()
        ]
        return [*own, *super().get_urls()]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        exact = getattr(request, "imported_body", None)
        if exact is not None and "body" in form.base_fields:
            form.base_fields["body"] = ExactBody(exact, label=_("Text"), required=False)
        return form

    # --- Out --------------------------------------------------------------------

    def markdown_file(self, request, object_id):
        """The post, for whoever may look at it."""
        post = self.get_object(request, unquote(object_id))
        if post is None or not self.has_view_permission(request, post):
            raise Http404
        response = HttpResponse(markdown_of(post), content_type="text/markdown; charset=utf-8")
        name = f"{post.slug}.md"
        response["Content-Disposition"] = content_disposition_header(True, name)
        return response

    # --- In ---------------------------------------------------------------------

    def import_view(self, request, object_id=None):
        """Asks for a file, shows what it would change, and saves that when told to."""
        post = self.post_to_fill(request, object_id)
        if request.method == "POST" and "apply" in request.POST:
            return self.save_file(request, post, object_id)
        form = MarkdownForm(request.POST or None, request.FILES or None)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import Markdown"),
            "opts": self.opts,
            "original": post,
            "form": form,
        }
        if request.method == "POST" and form.is_valid():
            taken = Taken(form.single, self.blank_form(request, post), post)
            context["comparison"] = taken.comparison()
            context["remarks"] = taken.remarks
            context["packed"] = base64.b64encode(form.data_of_file).decode()
            context["based_on"] = post.revision_number if post else 0
        return TemplateResponse(request, "admin/posts/import.html", context)

    def post_to_fill(self, request, object_id):
        if object_id is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return None
        post = self.get_object(request, unquote(object_id))
        if post is None:
            raise Http404
        if not self.has_change_permission(request, post):
            raise PermissionDenied
        return post

    def blank_form(self, request, post):
        fields = flatten_fieldsets(self.get_fieldsets(request, post))
        form = self.get_form(request, post, change=post is not None, fields=fields)
        return form(instance=post)

    def save_file(self, request, post, object_id):
        """Send the form of the post with what the file says in it."""
        try:
            data = base64.b64decode(request.POST.get("packed", ""), validate=True)
            file = read_single(data)
        except (binascii.Error, ValueError, Refused) as error:
            raise BadRequest("no Markdown file") from error
        fields = Taken(file, self.blank_form(request, post), post).fields
        fields |= self.rows_of_others(request, post) if post else self.no_rows(request)
        carried = {"window": str(uuid4()), "based_on": request.POST.get("based_on", "")}
        request.imported_body = file.body
        request.POST = as_sent(fields, _continue="1", **carried)
        # What is answered, be it a redirect or the form with its errors, belongs to the page of the post.
        name = "admin:posts_post_change" if object_id else "admin:posts_post_add"
        request.path = reverse(name, args=[object_id] if object_id else [])
        return self.changeform_view(request, object_id, form_url=request.path)

    def no_rows(self, request) -> dict[str, list[str]]:
        """Below a new post: its author is whoever brings it."""
        fields = {}
        for FormSet, _inline in self.get_formsets_with_inlines(request):
            prefix = FormSet.get_default_prefix()
            fields |= {f"{prefix}-TOTAL_FORMS": ["0"], f"{prefix}-INITIAL_FORMS": ["0"]}
        return fields
