"""Links to other sites: whether they still lead somewhere.

Only what published texts link to is asked for: nobody learns from us what a draft links to. See
docs/linting.md.
"""

from posts.linkcheck.asking import broken_links

__all__ = ["broken_links"]
