"""The log of the server: a line that begins with a time was written by the site itself."""

import logging
import re
import time

from django.core.exceptions import PermissionDenied

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# In the address of a page: what lets in whoever has it. Django names the page of each refused request.
KEYS = re.compile(
    "(/account/(?:signup|link|email|password/reset)/|/comments/(?:decide|mail|mail/confirm|mail/stop)/|/draft/)"
    r"[^/\s?]{20,}"
)


class LineFormatter(logging.Formatter):
    """One line for each message, and traces set in below it.

    What visitors and staff type reaches the log inside of other people's messages and exceptions;
    a line break in it must not begin what looks like a record of its own.
    """

    # In UTC, and saying so: logs of several machines are read side by side.
    converter = time.gmtime
    default_msec_format = "%s.%03dZ"

    def formatMessage(self, record):
        line = CONTROL.sub(lambda sign: repr(sign[0])[1:-1], super().formatMessage(record))
        return KEYS.sub(r"\1...", line)

    def formatException(self, ei):
        if isinstance(ei[1], PermissionDenied):
            # Decided and no mistake: its line says enough, and strangers can cause many of them.
            return ""
        return "\n".join(f"    {line}" for line in super().formatException(ei).splitlines())
