"""Sentences in Jinja2's templates are found for translation."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from blogsite.management.commands.makemessages import as_python

TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.jinja"))


def test_sentences_are_found_on_their_lines():
    source = """{{ _("One's own") }}
{# no sentence #}
{% trans n=number %}{{ n }} post{% pluralize %}{{ n }} posts{% endtrans %}
<p title="{{ _('Close') }}">{% if _("Close") %}{% trans %}All of it{% endtrans %}{% endif %}"""

    assert as_python(source).splitlines() == [
        """_("One's own")""",
        "",
        "ngettext('%(n)s post', '%(n)s posts', 0)",
        "_('Close'); _('Close'); gettext('All of it')",
    ]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_template_can_be_read_for_translation(template):
    calls = as_python(template.read_text(encoding="utf-8"))

    ast.parse(calls)
    assert ("_(" in template.read_text() or "{% trans" in template.read_text()) == bool(calls)
