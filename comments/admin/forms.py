"""What moderators type."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from blogsite.deskadmin.values import fits
from comments.models import Comment, Standing
from posts.rendering.limits import MAX_VISITOR


class BodyField(forms.CharField):
    """Markdown as typed; what browsers do to line ends is undone."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Text"))
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 6}))
        super().__init__(strip=False, validators=[MaxLengthValidator(MAX_VISITOR)], **kwargs)

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")

    def clean(self, value):
        body = super().clean(value)
        if not body.strip():
            raise ValidationError(self.error_messages["required"], code="required")
        return body


class ReplyForm(forms.Form):
    body = BodyField(
        label=_("Your answer"), error_messages={"required": _("Write something first.")}
    )


class CommentForm(forms.ModelForm):
    """The words of a comment; where it stands and what became of it is no field."""

    body = BodyField(widget=forms.Textarea(attrs={"rows": 12, "class": "vLargeTextField"}))

    class Meta:
        model = Comment
        fields = ["name", "email", "site", "body"]
        # Django's own offers a link, and this one may lead anywhere.
        widgets = {"site": forms.URLInput(attrs={"class": "vURLField"})}

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class StandingForm(forms.ModelForm):
    """Whom it is about in words; addresses are known by their keys only, so the queue adds those."""

    who = forms.CharField(
        label=_("Who"),
        max_length=254,
        help_text=_("A guest's e-mail, or a member's e-mail or handle."),
    )

    class Meta:
        model = Standing
        fields = ["verdict", "who", "note"]

    def clean_who(self):
        who = self.cleaned_data["who"].strip()
        of, value = self.person_called(who)
        if Standing.objects.filter(of=of, value=value).exists():
            raise ValidationError(_("This person is in the list already."))
        self.instance.of, self.instance.value = of, value
        return who

    def person_called(self, who: str) -> tuple[str, str]:
        member = User.objects.filter(Q(email__iexact=who) | Q(handle=who)).first()
        if member:
            return Standing.Of.MEMBER, str(member.pk)
        if fits(Comment._meta.get_field("email"), who):
            return Standing.Of.EMAIL, who.lower()
        raise ValidationError(_("Nobody goes by this handle, and it is no e-mail."))
