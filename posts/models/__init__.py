from posts.models.draft_link import DraftLink
from posts.models.image import Image
from posts.models.page import Page
from posts.models.post import Byline, Post
from posts.models.planned_edit import PlannedEdit
from posts.models.redirect import Redirect
from posts.models.revision import Revision
from posts.models.review import Review
from posts.models.series import Series
from posts.models.site import SiteSettings
from posts.models.tag import Tag
from posts.models.working_copy import WorkingCopy

__all__ = [
    "Byline",
    "DraftLink",
    "Image",
    "Page",
    "Post",
    "Redirect",
    "Revision",
    "Series",
    "PlannedEdit",
    "SiteSettings",
    "Tag",
    "Review",
    "WorkingCopy",
]
