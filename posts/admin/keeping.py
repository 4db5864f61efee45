"""What a save at the desk leaves behind: a revision, and perhaps a correction."""

from posts import revisions
from posts.models import Post, Revision
from posts.revisions import corrections, listing

LATEST = 5  # revisions in the panel beside the text


class RevisionsKept:
    """Mixin for the admin of texts: each save that changes something is a revision."""

    def save_model(self, request, obj, form, change):
        form.found = revisions.found(obj.pk, type(obj)) if change else None
        if form.cleaned_data.get("correction"):
            obj.updated_at = corrections.moved_date(obj)
        super().save_model(request, obj, form, change)

    def text_saved(self, request, form, change):
        super().text_saved(request, form, change)
        line = form.cleaned_data.get("correction", "")
        # Set where the form held what two people had written.
        is_merged = form.cleaned_data.get("merged_from")
        kept = revisions.keep_change(
            form.found,
            form.instance,
            by=request.user,
            reason=Revision.Reason.MERGED if is_merged else Revision.Reason.SAVED,
            correction=line,
        )
        if kept and line:
            corrections.tell(form.instance, request.user)

    def get_fieldsets(self, request, obj=None):
        """With the line for a correction after the day of the last update."""
        fieldsets = super().get_fieldsets(request, obj)
        is_public = isinstance(obj, Post) and obj.is_published
        if not is_public or not self.has_change_permission(request, obj):
            return fieldsets
        return [(name, with_correction(options)) for name, options in fieldsets]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["latest_revisions"] = listing.latest(obj, LATEST) if obj else []
        return super().render_change_form(request, context, add, change, form_url, obj)


def with_correction(options: dict) -> dict:
    fields = list(options["fields"])
    if "updated_at" in fields:
        fields.insert(fields.index("updated_at"), "correction")
    return options | {"fields": fields}
