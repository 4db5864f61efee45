"""A form that knows from which revision it was opened, and does not overwrite a newer one."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from posts.drafting.merging import marker_lines

# Set where a form is only to be looked at: filled with what was not saved, or with a merged text.
SHOWN = "_shown"


class Carried:
    """Mixin for a hidden field that no person fills in, so nonsense in it is no error of theirs."""

    def __init__(self, **kwargs):
        widget = forms.HiddenInput(attrs={"autocomplete": "off"})
        super().__init__(required=False, widget=widget, **kwargs)

    def has_changed(self, initial, data):
        return False

    def clean(self, value):
        try:
            return super().clean(value)
        except ValidationError:
            return None


class CarriedNumber(Carried, forms.IntegerField):
    pass


class CarriedWindow(Carried, forms.UUIDField):
    pass


class FromRevision(forms.ModelForm):
    """Mixin: refuses to save over what somebody else has saved since the form was opened."""

    based_on = CarriedNumber(min_value=0)
    window = CarriedWindow()
    merged_from = CarriedWindow()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["based_on"] = self.instance.revision_number

    def is_valid(self):
        return SHOWN not in self.data and super().is_valid()

    def clean(self):
        cleaned = super().clean()
        if self.is_stale():
            self.add_error(None, ValidationError(_("Somebody saved this text meanwhile."), "stale"))
        if self.is_bound and "body" in cleaned:
            self.refuse_conflicts(cleaned["body"])
        return cleaned

    def is_stale(self) -> bool:
        """Whether another revision is stored; whoever saves the text just now is waited for.

        A form without the number comes from no page of ours.
        """
        if not self.instance.pk or self.add_prefix("based_on") not in self.data:
            return False
        rows = self._meta.model.everything.select_for_update(no_key=True)
        stored = rows.filter(pk=self.instance.pk).values_list("revision_number", flat=True).first()
        return (stored or 0) != (self.cleaned_data.get("based_on") or 0)

    def refuse_conflicts(self, body: str) -> None:
        """Markers that a merge has left; the text may be about such markers and have had them."""
        lines = marker_lines(body)
        if len(lines) > len(marker_lines(self.initial.get("body") or "")):
            sentence = ngettext(
                "A conflict is not resolved yet: see line %(lines)s. Keep what you want, and take "
                "the marks away.",
                "Conflicts are not resolved yet: see lines %(lines)s. Keep what you want, and take "
                "the marks away.",
                len(lines),
            )
            told = ", ".join(map(str, lines))
            self.add_error("body", ValidationError(sentence, "conflict", {"lines": told}))
