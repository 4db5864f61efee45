"""Moments at the desk: typed and shown as the clocks of the editor show them, stored in UTC."""

from datetime import UTC, datetime, tzinfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from posts.publishing import zones


class MomentWidget(forms.SplitDateTimeWidget):
    """Date and time side by side with the name of the zone, and what that is in UTC."""

    template_name = "admin/widgets/moment.html"
    zone: tzinfo = UTC

    class Media:
        js = [forms.Script("js/desk/moment.js", type="module")]

    def __init__(self, attrs=None):
        super().__init__(
            attrs,
            date_attrs={"type": "date", "class": "moment-date", "max": "9999-12-31"},
            time_attrs={"type": "time", "class": "moment-time"},
            date_format="%Y-%m-%d",
            time_format="%H:%M:%S",
        )

    def decompress(self, value):
        if not value:
            return [None, None]
        clock = zones.shown(value, self.zone)
        return [clock.date(), clock.time()]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        zone = zones.name_of(self.zone)
        date, time = context["widget"]["subwidgets"]
        date["attrs"]["aria-label"] = _("Date")
        time["attrs"]["aria-label"] = _("Time (%(zone)s)") % {"zone": zone}
        if isinstance(value, datetime) and value.second:
            time["attrs"]["step"] = "1"  # else the browser takes whole minutes only
        context["zone"] = zone
        context["utc"] = value.astimezone(UTC) if isinstance(value, datetime) else None
        return context


class MomentField(forms.SplitDateTimeField):
    """A moment by the clocks of one zone. What is sent as it was shown stays the same moment."""

    widget = MomentWidget
    default_error_messages = forms.SplitDateTimeField.default_error_messages | {
        "no_such_time": _(
            "On that day the clocks of %(zone)s skip %(time)s. The next time there is: %(next)s."
        ),
        "no_such_year": _("The calendar ends before that. Choose another year."),
    }

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.zone, self.stored, self.exists_twice = UTC, None, False

    def show_in(self, zone: tzinfo, stored: datetime | None) -> None:
        """Speak of `zone`; `stored` is what was shown, to the microsecond."""
        self.zone = self.widget.zone = zones.zone_showing(stored, zone)
        self.stored = stored

    def compress(self, data_list):
        if not data_list:
            return None
        for value, missing in zip(data_list, ["invalid_date", "invalid_time"], strict=True):
            if value in self.empty_values:
                raise ValidationError(self.error_messages[missing], code=missing)
        return self.moment_of(datetime.combine(*data_list))

    def moment_of(self, clock: datetime) -> datetime:
        if self.stored and clock == zones.shown(self.stored, self.zone):
            return self.stored  # with its microseconds, and in an hour that comes twice, its own
        try:
            reading = zones.read(clock, self.zone)
        except zones.NoSuchTime as error:
            words = {
                "zone": zones.name_of(self.zone),
                "time": f"{clock:%H:%M}",
                "next": f"{error.next_valid:%Y-%m-%d %H:%M}",
            }
            raise ValidationError(
                self.error_messages["no_such_time"], code="no_such_time", params=words
            ) from error
        except (OverflowError, ValueError) as error:
            raise ValidationError(
                self.error_messages["no_such_year"], code="no_such_year"
            ) from error
        self.exists_twice = reading.exists_twice
        return reading.moment


class ZonedForm(forms.ModelForm):
    """A form whose moments are those of `zone`; the admin makes a form for each request."""

    zone: tzinfo = UTC

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, MomentField):
                field.show_in(self.zone, getattr(self.instance, name, None))

    def times_that_exist_twice(self) -> list[str]:
        """The labels of the moments that were taken for the first of two."""
        return [
            str(field.label)
            for field in self.fields.values()
            if isinstance(field, MomentField) and field.exists_twice
        ]
