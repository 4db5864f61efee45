"""What the audit log says of texts: not only that a form was saved, but what readers notice."""

from django.utils import timezone

from blogsite.audit import recording


class PublishingRecorded:
    """Mixin for the admin of texts: publishing and its like are events of their own."""

    def save_model(self, request, obj, form, change):
        kept = self.model.everything.filter(pk=obj.pk).without_text()
        was = kept.first() if change else None
        super().save_model(request, obj, form, change)
        for step in filter(None, [dating(was, obj), reviewing(was, obj)]):
            recording.record(f"posts.{obj._meta.model_name}_{step}", obj)

    def tell(self, what, obj, fields=None):
        """Deleting is moving to the trash, which tells itself; a form may have changed nothing."""
        if what == "added" or (what == "changed" and fields):
            super().tell(what, obj, fields)


def dating(was, now) -> str:
    """What a change of `published_at` means for readers, if anything."""
    before, after = was and was.published_at, now.published_at
    if before == after:
        return ""
    moment = timezone.now()
    was_public = bool(before and before <= moment)
    if after and after <= moment:
        return "" if was_public else "published"
    return "scheduled" if after and not was_public else "unpublished"


def reviewing(was, now) -> str:
    """Whether a draft was handed to the editors, or back; publishing it says enough."""
    before, after = (getattr(each, "submitted_at", None) for each in (was, now))
    if after and not before:
        return "submitted"
    return "sent_back" if before and not after and not now.published_at else ""
