"""The page of one comment: its words to mend, and all that happened to it."""

from django.utils.translation import gettext

from comments import topics
from comments.admin.forms import CommentForm
from comments.admin.rows import for_queue, rows_of
from comments.models import Comment, Discussion

GUEST = ["name", "email", "site"]
FOLLOWS_FROM_BODY = ["body_html", "renderer_version"]


class Editing:
    """Mixin: a moderator may change words; everything else changes by a decision."""

    form = CommentForm
    change_form_template = "admin/comments/comment/change_form.html"

    def get_fields(self, request, obj=None):
        """A member's name and e-mail belong to their account."""
        return ["body"] if obj and obj.member_id else [*GUEST, "body"]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        [context["row"]] = rows_of(for_queue(Comment.objects.filter(pk=obj.pk)))
        context["seen"] = obj.edited_at or obj.created_at
        context["decisions"] = obj.decisions.select_related("by", "undone_by__by")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def view_on_site(self, comment):
        return comment.get_absolute_url() if comment.is_approved else None

    def save_model(self, request, obj, form, change):
        """Store what was changed and nothing else: somebody may have decided meanwhile.

        `edited_at` is left alone: it tells readers that the author came back to it.
        """
        changed = list(form.changed_data)
        if "body" in changed:
            changed += FOLLOWS_FROM_BODY
        if changed:
            with topics.changing([obj.post_id]):
                obj.save(update_fields=changed)
            Discussion.refresh([obj.post_id])

    def construct_change_message(self, request, form, formsets, add=False):
        """With the text as it was, so that the history holds what its author wrote."""
        if "body" in form.changed_data:
            return gettext("Changed the text. Before: %s") % form.initial["body"]
        return super().construct_change_message(request, form, formsets, add)
