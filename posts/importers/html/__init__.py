"""HTML as other systems store it, turned into our Markdown; see docs/moving-in-html.md."""

from posts.importers.html.convert import Converted, to_markdown, wordpress_to_markdown
from posts.importers.html.paragraphs import wordpress_paragraphs
from posts.importers.html.settling import Addresses

__all__ = ["Addresses", "Converted", "to_markdown", "wordpress_paragraphs", "wordpress_to_markdown"]
