"""A look at a comment while it is written, by the renderer that the page will use."""

from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.utils.html import format_html_join
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from blogsite import personal
from comments.rendering import render_comment
from comments.writing import guards
from comments.writing.forms import TextField


@method_decorator(csrf_exempt, name="dispatch")  # it changes nothing, and comes from here
class Preview(View):
    """POST `body`; the answer is a piece of HTML. Nothing is stored and nothing is asked."""

    writes_nothing = True  # so that it works while the site is read-only, too

    def post(self, request):
        personal.mark(request)
        if not guards.comes_from_here(request):
            return fragment([guards.SENTENCES[guards.FOREIGN]], HTTPStatus.FORBIDDEN)
        try:
            body = TextField().clean(request.POST.get("body"))
        except ValidationError as error:
            return fragment(error.messages, HTTPStatus.UNPROCESSABLE_ENTITY)
        return HttpResponse(render_comment(body))


def fragment(sentences, status: HTTPStatus):
    return HttpResponse(format_html_join("\n", "<p>{}</p>", zip(sentences)), status=status)
