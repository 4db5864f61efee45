"""Telling the log who was refused, and where.

A line and no event: an attacker makes thousands of them, which would bury what happened, and the
database must not grow with them.
"""

import logging

from blogsite import client
from blogsite.personal import member_of

logger = logging.getLogger("blogsite.audit")

REFUSALS = {401, 403, 429}  # not allowed, by a right, a form's proof of origin, or a limit


def tell_refusals(get_response):
    """Middleware: a line for each refusal, without the address that was asked for.

    The name of its pattern is told in its place: some addresses hold keys that let somebody in.
    """

    def middleware(request):
        response = get_response(request)
        if response.status_code in REFUSALS:
            member = member_of(request)
            logger.warning(
                "refused %d to %s at %s %s from %s",
                response.status_code,
                f"user {member.pk}" if member else "a visitor",
                request.method,
                request.resolver_match.view_name if request.resolver_match else "no page",
                client.address_of(request) or "nowhere",
            )
        return response

    return middleware
