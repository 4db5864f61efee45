"""What comes round by itself."""

from datetime import timedelta

from blogsite.outgoing.periodic import periodic
from posts import draft_links
from posts.drafting import working_copies
from posts.linkcheck import checking, gathering
from posts.publishing import planned
from posts.trash import purging


@periodic(every=timedelta(minutes=1))
def publish_what_was_planned() -> None:
    """New versions whose time has come; what fell due while no worker ran is among them."""
    planned.apply_due()


@periodic(every=timedelta(hours=1))
def close_links_to_published_drafts() -> None:
    """Of those published by their date: nothing runs at that moment."""
    draft_links.close_published()


@periodic(every=timedelta(days=1))
def forget_old_draft_links() -> None:
    draft_links.forget_old()


@periodic(every=timedelta(days=1))
def forget_unsaved_texts() -> None:
    working_copies.forget()


@periodic(every=timedelta(days=1))
def empty_the_trash() -> None:
    """As often as the settings of the site allow, which is never unless somebody chose so."""
    purging.purge_by_settings()


@periodic(every=timedelta(days=1))
def gather_links_to_other_sites() -> None:
    gathering.gather()


@periodic(every=timedelta(minutes=5))
def check_links_to_other_sites() -> None:
    """A few at a time: each is due once a week, and no site is to notice us."""
    checking.check_due()
