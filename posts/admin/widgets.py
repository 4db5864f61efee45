"""The parts of the writing page."""

from django import forms
from django.conf import settings
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from markdownx.widgets import AdminMarkdownxWidget

from blogsite.pictures import limits
from posts.admin.tools import TOOLS
from posts.line_ends import ends_lines_with_crlf, with_lf
from posts.models import Tag

# The search for links hears keys before the lists do, and pictures are pasted before words are.
SCRIPTS = [
    "status",
    "changes",
    "facts",
    "scroll_in_step",
    "preview",
    "link_search",
    "toolbar",
    "lists",
    "pictures",
    "paste",
    "media_picker",
    "modes",
    "keys",
    "unsaved",
    "place",
    "findings",
]
MAX_SUGGESTIONS = 1000  # tags offered while typing; any other is still found when saved


class MarkdownWidget(AdminMarkdownxWidget):
    """markdownx's text area with our own scripts: theirs report errors to nobody."""

    template_name = "markdownx/widget.html"

    class Media:
        extend = False
        js = [forms.Script(f"js/desk/{name}.js", type="module") for name in SCRIPTS]

    def get_context(self, name, value, attrs=None):
        context = super().get_context(name, value, attrs)
        context["preview_url"] = reverse_lazy("markdownx_markdownify")
        context["upload_url"] = reverse_lazy("markdownx_upload")
        context["targets_url"] = reverse_lazy("writing_targets")
        context["tools"] = TOOLS
        context["max_bytes"] = limits.MAX_BYTES
        context["max_megabytes"] = limits.MAX_BYTES // 2**20
        context["latency"] = settings.MARKDOWNX_SERVER_CALL_LATENCY
        return context


class TagsWidget(forms.TextInput):
    """One line of names, with suggestions for the last one."""

    template_name = "admin/widgets/tags.html"
    tags = None  # those to suggest; all where the form does not say

    class Media:
        js = [forms.Script("js/desk-tags.js", type="module")]

    def get_context(self, name, value, attrs=None):
        context = super().get_context(name, value, attrs)
        tags = Tag.objects.all() if self.tags is None else self.tags
        context["names"] = tags.values_list("name", flat=True)[:MAX_SUGGESTIONS]
        return context


class BodyField(forms.CharField):
    """Text that is kept byte for byte; what a browser does to line ends is undone."""

    widget = MarkdownWidget

    def __init__(self, **kwargs):
        super().__init__(strip=False, **kwargs)

    def has_changed(self, initial, data):
        return with_lf(initial or "") != with_lf(data or "")

    def kept(self, submitted: str, stored: str) -> str:
        """`submitted` as it is to be stored in place of `stored`.

        A browser sends every line end as CRLF. An untouched text keeps its bytes; a changed one
        has the line ends it had, a new one LF.
        """
        text = with_lf(submitted)
        if text == with_lf(stored):
            return stored
        return text.replace("\n", "\r\n") if ends_lines_with_crlf(stored) else text


class TagsField(forms.CharField):
    """Tag names, separated by commas."""

    widget = TagsWidget

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", _("Separated by commas. A new name makes a new tag."))
        super().__init__(required=False, **kwargs)
