"""Saving while others save."""

from django.db import IntegrityError

# Each further one needs somebody else to save the very same just then.
ATTEMPTS = 3


class Saving:
    """Mixin: what somebody else saved first is a message beside the field."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Try again where the database refused: by now the form finds what is there already.

        Between its check and the saving another request may save the same slug, name or e-mail.
        Nothing of the refused attempt remains, for Django puts each in a transaction.
        """
        for _attempt in range(ATTEMPTS - 1):
            try:
                return super().changeform_view(request, object_id, form_url, extra_context)
            except IntegrityError:
                continue
        return super().changeform_view(request, object_id, form_url, extra_context)
