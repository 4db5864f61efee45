import tempfile

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import FileResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from accounts import throttling
from accounts.personal_data import archive
from blogsite.audit import recording


# The methods and not `dispatch`: who is not signed in at all goes to the way in.
@method_decorator(reauthentication_required, name="get")
@method_decorator(reauthentication_required, name="post")
class Data(LoginRequiredMixin, TemplateView):
    """All that is kept about whoever asks, as one file."""

    template_name = "account/data.html"

    def post(self, request):
        if wait := throttling.wait_for(request, "export", str(request.user.pk)):
            return throttling.too_many(request, wait)
        file = tempfile.NamedTemporaryFile()  # noqa: SIM115  closed with the response
        recording.record("accounts.exported", request.user)
        archive.write(request.user, file)
        file.seek(0)
        name = f"{request.user.handle}-{timezone.now():%Y-%m-%d}.zip"
        return FileResponse(file, as_attachment=True, filename=name)
