"""When a new version goes live, as fields of the form of a post."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posts.admin.moments import MomentField
from posts.models import PlannedEdit

PLAN = "_plan"  # the button


class Plannable(forms.ModelForm):
    """Mixin for the form of a post; `plan` is the version that the form is filled with."""

    plan: PlannedEdit | None = None
    plan_due_at = MomentField(label=_("Goes live at"), required=False)
    plan_is_update = forms.BooleanField(label=_("Tell readers that it was updated"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.plan:
            self.initial["plan_due_at"] = self.plan.due_at
            self.initial["plan_is_update"] = self.plan.is_update

    @property
    def changed_data(self):
        """When the new version comes is no change of the text."""
        return [name for name in super().changed_data if not name.startswith("plan_")]

    def clean_plan_due_at(self):
        moment = self.cleaned_data["plan_due_at"]
        if PLAN in self.data and not moment:
            raise ValidationError(_("Say when the new version goes live."))
        if PLAN in self.data and moment <= timezone.now():
            raise ValidationError(_("That time is over. Choose one to come."))
        return moment
