"""The accent colour that the owner chose, as a stylesheet: pages hold no style of their own."""

from django.http import Http404, HttpResponse

from blogsite.pagecache import keep
from posts.views.media import FOREVER

HUES = range(361)  # degrees of OKLCH, as in the site settings


@keep()
def accent_sheet(request, hue):
    """One custom property; the address names its value, so the answer never changes."""
    if hue not in HUES:
        raise Http404
    response = HttpResponse(f":root{{--accent-hue:{hue}}}\n", content_type="text/css")
    response["Cache-Control"] = FOREVER
    return response
