from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView, UpdateView

from accounts import throttling
from accounts.models import User
from accounts.profile import pictures
from accounts.profile.forms import PictureForm, ProfileForm
from blogsite.audit import recording
from blogsite.pictures import ImageRefused


class Profile(LoginRequiredMixin, UpdateView):
    """What somebody says of themselves."""

    form_class = ProfileForm
    template_name = "account/profile.html"
    success_url = reverse_lazy("accounts:profile")

    def get_object(self):
        # A row of its own: the page names its reader, who must not change with a form that fails.
        return User.objects.get(pk=self.request.user.pk)

    def get_context_data(self, **kwargs):
        return super().get_context_data(picture_form=PictureForm(), **kwargs)

    def post(self, request):
        if wait := throttling.wait_for(request, "profile", str(request.user.pk)):
            return throttling.too_many(request, wait)
        return super().post(request)

    def form_valid(self, form):
        if form.changed_data:
            try:
                self.save(form)
            except IntegrityError:
                # Somebody else took the handle since the form looked for it.
                form.add_error("handle", _("Somebody already has this handle."))
                return self.form_invalid(form)
        messages.success(self.request, _("Your profile is saved."))
        return HttpResponseRedirect(self.success_url)

    @transaction.atomic
    def save(self, form):
        # Only these columns: others may be changing the rest meanwhile.
        form.instance.save(update_fields=form.changed_data)
        recording.record("accounts.profile_changed", form.instance, fields=form.changed_data)


class Picture(LoginRequiredMixin, FormView):
    """A new picture of somebody, or none; without script a page of its own, where it is refused."""

    form_class = PictureForm
    template_name = "account/picture.html"
    success_url = reverse_lazy("accounts:profile")

    def post(self, request):
        if wait := throttling.wait_for(request, "profile", str(request.user.pk)):
            return throttling.too_many(request, wait)
        if "remove" in request.POST:
            pictures.remove_picture(request.user)
            recording.record("accounts.profile_changed", request.user, fields=["picture"])
            messages.success(request, _("Your picture is removed."))
            return HttpResponseRedirect(self.success_url)
        return super().post(request)

    def form_valid(self, form):
        try:
            pictures.set_picture(self.request.user, form.cleaned_data["picture"])
        except ImageRefused as refused:
            form.add_error("picture", refused)
            return self.form_invalid(form)
        recording.record("accounts.profile_changed", self.request.user, fields=["picture"])
        messages.success(self.request, _("Your new picture is saved."))
        return super().form_valid(form)
