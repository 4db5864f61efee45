"""The parts that addresses are made of, for the addresses of this app and of those above."""

from django.urls import register_converter


class SlugConverter:
    """Letters and digits of any script, hyphens and underscores."""

    regex = r"[-\w]+"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class YearConverter:
    regex = r"[0-9]{4}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{value:04d}"


class MonthConverter:
    """One or two digits; the view sends one digit on to two."""

    regex = r"[0-9]{1,2}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(SlugConverter, "word")
register_converter(YearConverter, "yyyy")
register_converter(MonthConverter, "month")
