"""What holds for every page about an account, ours and allauth's alike."""

from blogsite import personal

BELOW = "/account/"


class AccountPages:
    """Middleware: kept by nobody, listed by no search engine, and its address told to no other site.

    The addresses of some pages are links out of mails, which let in whoever has them.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith(BELOW):
            return self.get_response(request)
        personal.mark(request)
        response = self.get_response(request)
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("X-Robots-Tag", "noindex")
        return response

    def process_template_response(self, request, response):
        if request.path.startswith(BELOW) and response.context_data is not None:
            # allauth means the host by it, and our templates the site's settings.
            response.context_data.pop("site", None)
            response.context_data["robots"] = "noindex"
        return response
