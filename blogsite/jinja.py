"""The templates that pages for readers are made from: Jinja2, which takes a fifth of the time.

They are the files `templates/**/*.jinja`. All others are Django's, and a page made from one of
these gets its frame from here: `{% frame %}` in base.html, see blogsite/templatetags/frame.py.
"""

from functools import cache

from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import TemplateDoesNotExist
from django.template.backends.jinja2 import Jinja2, Template
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, gettext, ngettext
from jinja2 import Environment

from blogsite.addresses import address, fixed_address
from blogsite.languages import language, one_language
from comments.reading.avatars import avatar
from comments.templatetags import comments
from posts.moments import iso
from posts.templatetags import machine, posts

SUFFIX = ".jinja"

# The blocks of base.jinja, where no page of Django's templates brings its own: see frame.py.
NO_PARTS = dict.fromkeys(["title", "head", "content", "scripts"], "")

# What the templates may call, beside `_`, `static` and the name of the language.
FUNCTIONS = [
    address,
    fixed_address,
    iso,
    language,
    posts.age,
    posts.byline,
    posts.card_byline,
    posts.day,
    posts.host,
    posts.inline_markdown,
    posts.is_long_contents,
    posts.iso_day,
    posts.language_attributes,
    posts.opens_with_cover,
    posts.page_address,
    posts.picture,
    posts.search_address,
    posts.series_neighbours,
    posts.stamp,
    posts.suggestions,
    posts.year_address,
    machine.author_address,
    machine.feed_links,
    machine.share_card,
    machine.structured_data,
    avatar,
    comments.comment_address,
    comments.comment_count,
    comments.comment_feed_links,
    comments.comment_section,
    comments.count_comments,
    comments.thread_address,
]


class Readers(Jinja2):
    """Django's backend for Jinja2, for our suffix alone: the folder is shared with Django's own."""

    def get_template(self, template_name):
        if not template_name.endswith(SUFFIX):
            raise TemplateDoesNotExist(template_name, backend=self)
        return Page(super().get_template(template_name).template, self)


class Page(Template):
    """A template of Django's backend, made in one language."""

    def render(self, context=None, request=None):
        with one_language():
            return super().render(context, request)


class Globals(Environment):
    """Jinja's environment, whose templates look up what they may call in one dictionary.

    Jinja chains a dictionary for each template before it, to which nothing here adds; a third of
    the calls within a page were made for that.
    """

    def make_globals(self, d):
        return super().make_globals(d) if d else self.globals


def environment(**options) -> Environment:
    """The other `options` are Django's: where the templates are, and whether they are read anew."""
    options |= {"extensions": ["jinja2.ext.i18n"], "trim_blocks": True, "lstrip_blocks": True}
    made = Globals(autoescape=options.pop("autoescape", True), **options)
    made.install_gettext_callables(translated, translated_number)
    made.globals.update({function.__name__: function for function in FUNCTIONS})
    made.globals.update(
        _=translated,
        static=cache(staticfiles_storage.url),  # a file keeps its address until the next start
        is_right_to_left=get_language_bidi,
        parts=NO_PARTS,
    )
    return made


def translated(message: str) -> SafeString:
    """What a template says in its own words is HTML, and its translations are."""
    return _translated(message, language())


@cache
def _translated(message: str, _language: str) -> SafeString:
    # Finding a message takes Django ten times as long; templates have some hundred.
    return SafeString(gettext(message))


def translated_number(singular: str, plural: str, number: int) -> SafeString:
    return SafeString(ngettext(singular, plural, number))
