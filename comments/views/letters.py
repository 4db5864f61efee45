"""What the pages behind links in mails have in common."""

from http import HTTPStatus

from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView

from blogsite import personal
from comments.mail import links


# No session and no cookie: the token in the address is the proof, and no other site knows it.
@method_decorator(csrf_exempt, name="dispatch")
class LetterPage(TemplateView):
    """A page for whoever holds the link. GET shows, only POST acts: programs open links in mails.

    Kept by nobody, found by no search engine, and its address is told to no other page.
    """

    heading = ""

    def dispatch(self, request, *args, **kwargs):
        personal.mark(request)
        try:
            response = super().dispatch(request, *args, **kwargs)
        except links.Broken:
            response = self.answer("comments/link_broken.html", HTTPStatus.NOT_FOUND)
        except links.Expired:
            response = self.answer("comments/link_expired.html", HTTPStatus.GONE)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def answer(self, template: str, status=HTTPStatus.OK, **context):
        self.template_name = template
        context = self.get_context_data(robots="noindex, nofollow", **context)
        return self.render_to_response(context, status=status)
