"""What editors see of posts in the admin."""

import posts.admin.trash_page  # noqa: F401  a page of the desk
from posts.admin.external_link import ExternalLinkAdmin
from posts.admin.groups import SeriesAdmin, TagAdmin
from posts.admin.image import ImageAdmin
from posts.admin.page import PageAdmin
from posts.admin.post import PostAdmin
from posts.admin.redirect import RedirectAdmin
from posts.admin.site import SiteSettingsAdmin

__all__ = [
    "ExternalLinkAdmin",
    "ImageAdmin",
    "PageAdmin",
    "PostAdmin",
    "RedirectAdmin",
    "SeriesAdmin",
    "SiteSettingsAdmin",
    "TagAdmin",
]
