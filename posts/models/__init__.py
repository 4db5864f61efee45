from posts.models.draft_link import DraftLink
from posts.models.external_link import ExternalLink, LinkUse
from posts.models.image import Image
from posts.models.page import Page
from posts.models.planned_edit import PlannedEdit
from posts.models.post import Byline, Post
from posts.models.redirect import Redirect
from posts.models.review import Review
from posts.models.revision import Revision
from posts.models.series import Series
from posts.models.site import SiteSettings
from posts.models.tag import Tag
from posts.models.tagging import Tagging
from posts.models.tally import Tally
from posts.models.waiver import Waiver
from posts.models.working_copy import WorkingCopy

__all__ = [
    "Byline",
    "DraftLink",
    "ExternalLink",
    "Image",
    "LinkUse",
    "Page",
    "PlannedEdit",
    "Post",
    "Redirect",
    "Review",
    "Revision",
    "Series",
    "SiteSettings",
    "Tag",
    "Tagging",
    "Tally",
    "Waiver",
    "WorkingCopy",
]
