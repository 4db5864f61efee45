"""Finished pages, kept in front of Django, and never shown once they are out of date.

What a page was made from is noted while it is made: every table that a query read, or the topic
that `about` names in place of tables. Whoever writes to a table moves its topic, without being
asked to, so no way of writing can be forgotten. A kept page is served while none of its topics has
moved since it was made. docs/pagecache.md leads through the code in ten minutes, and
docs/decisions/0009 tells why it is done so.

    @keep(parameters=["page"])          a view whose answers are the same for everyone
    with about("discussion:12", ...):   these rows alone, in place of whole tables
    until(moment)                       what is made now is right no longer than this
    @remembered                         a function whose value is kept by the same rules
    touch("table:posts_post")           for changes that no query shows

It knows no app of ours, and any Django project could use it.
"""

from blogsite.pagecache.counters import touch
from blogsite.pagecache.declaring import keep
from blogsite.pagecache.noting import about, is_noting, until
from blogsite.pagecache.values import remembered

__all__ = ["about", "is_noting", "keep", "remembered", "touch", "until"]
