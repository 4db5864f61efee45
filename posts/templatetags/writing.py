"""Parts of the writing page that stand outside its form."""

from django import template

from posts.admin.tools import KEYS

register = template.Library()


@register.inclusion_tag("admin/posts/desk/_keys.html")
def keys_of_writing():
    """The list of keys, as a dialog."""
    return {"writing_keys": KEYS}
