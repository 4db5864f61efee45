"""Pages of Django's templates in the frame that all pages share, which is one of Jinja2's."""

from django import template
from django.template import engines
from django.template.loader_tags import BlockNode
from django.utils.safestring import SafeString, mark_safe

from blogsite.jinja import NO_PARTS

register = template.Library()


class FrameNode(template.Node):
    """The blocks within fill the frame; an empty one leaves what the frame has there."""

    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        blocks = [node for node in self.nodelist if isinstance(node, BlockNode)]
        parts = {block.name: block.render_annotated(context) for block in blocks}
        return shared("base.jinja", context, parts=NO_PARTS | parts)


@register.tag
def frame(parser, token):
    nodelist = parser.parse(("endframe",))
    parser.delete_first_token()
    return FrameNode(nodelist)


@register.simple_tag(takes_context=True)
def partial(context, name: str, **more) -> SafeString:
    """A part that pages of both kinds have, such as `comments/_scripts.jinja`."""
    return shared(name, context, **more)


def shared(name: str, context, **more) -> SafeString:
    found = engines["readers"].env.get_template(name)
    return mark_safe(found.render(context.flatten() | more))
