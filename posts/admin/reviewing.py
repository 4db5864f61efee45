"""From an author to an editor and back: the draft that somebody is asked to look at."""

from posts import publishing
from posts.admin.publication import PublicationAdmin
from posts.admin.publishing import FOR_PUBLISHERS
from posts.publishing import states

LATEST = 5  # steps of a review that the page of a draft tells

# Buttons that end or begin a review and leave the dates as they were.
STEPS = {
    "_submit": publishing.submit,
    "_take_back": publishing.take_back,
    "_send_back": publishing.send_back,
}


class Reviewing(PublicationAdmin):
    """Submitting a draft, approving it or sending it back, and seeing which are waiting."""

    deeds_for_publishers = FOR_PUBLISHERS | {"_approve", "_send_back"}

    def save_model(self, request, obj, form, change):
        if not STEPS.keys().isdisjoint(request.POST):
            was = states.Standing.stored(obj) if change else states.Standing()
            obj.published_at, obj.expires_at = was.published_at, was.expires_at
        super().save_model(request, obj, form, change)

    def settle(self, request, form):
        post, by, note = form.instance, request.user, form.cleaned_data.get("review_note", "")
        for button, step in STEPS.items():
            if button in request.POST:
                review = step(post, by, note)
                return review.kind if review else ""
        if "_approve" in request.POST and not post.published_at:
            return states.release(post, by, note=note, was=form.was)
        return super().settle(request, form)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        is_draft = obj is None or obj.status == "draft"
        context["can_submit"] = is_draft and not self.has_publish_permission(request)
        context["review_story"] = obj.reviews.select_related("by")[:LATEST] if obj else []
        return super().render_change_form(request, context, add, change, form_url, obj)
