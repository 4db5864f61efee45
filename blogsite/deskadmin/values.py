"""Whether a text from an address or a form can be the value of a field."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils import timezone


def fits(field: Field, text: str) -> bool:
    """Whether the column of `field` could hold `text`: of its type, and within its range."""
    try:
        typed(field, text)
    except ValidationError:
        return False
    return True


def typed(field: Field, text: str):
    """`text` as a value of `field`, moments in the site's own time zone.

    Raises ValidationError where it is none.
    """
    try:
        value = field.to_python(text)
        field.run_validators(value)
        return in_this_zone(value) if isinstance(value, datetime) else value
    except (OverflowError, TypeError, ValueError) as error:
        raise ValidationError(str(error)) from error


def in_this_zone(moment: datetime) -> datetime:
    """`moment` as the forms show it; OverflowError for the first and last hours of the calendar."""
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    return timezone.localtime(moment)
