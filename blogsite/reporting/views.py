"""Where browsers send their reports."""

import json
from http import HTTPStatus

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from blogsite import client
from blogsite.reporting import throttling
from blogsite.reporting.models import Violation
from blogsite.reporting.reading import Nonsense, kinds_in

MOST_BYTES = 8 * 1024
TYPES = {"application/csp-report", "application/reports+json"}


# A browser sends no token with it, and nobody's rights are used.
@csrf_exempt
@require_POST
def take_report(request):
    """Count what a report tells of. What is too much is passed over: browsers would only repeat."""
    if request.content_type not in TYPES:
        return HttpResponse(status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        kinds = list(kinds_in(json.loads(request.body), request.get_host()))
    except (Nonsense, RecursionError, ValueError):
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    if kinds and throttling.may_report(client.address_of(request)):
        for kind in kinds:
            Violation.count_one(kind.key, **vars(kind))
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
