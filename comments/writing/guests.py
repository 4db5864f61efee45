"""What a guest's own browser remembers of them: one signed cookie, and nothing on our side.

It proves which comments are theirs, so that they see them while they wait, and may change them
for a while. Their name, e-mail and site are in it only if they wished so.
"""

from dataclasses import asdict, dataclass, replace
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.utils import timezone

from comments.models import Comment

COOKIE_NAME = f"{settings.COOKIE_PREFIX}guest"
SALT = "comments.writing.guests"
EDIT_WINDOW = timedelta(minutes=15)  # for which an author may change or remove a comment
OWNED_FOR = timedelta(days=30)
REMEMBERED_FOR = timedelta(days=365)
MOST_COMMENTS = 20
# Browsers refuse cookies above 4,096 bytes, with their name and attributes (RFC 6265, 6.1).
MOST_BYTES = 3_800


@dataclass(frozen=True)
class Guest:
    """Somebody without an account, as far as their browser knows them."""

    name: str = ""
    email: str = ""
    site: str = ""
    # Key of each comment and the second it was written: the keys alone could belong to others
    # after an old backup was restored.
    written: tuple[tuple[int, int], ...] = ()

    @classmethod
    def from_request(cls, request) -> "Guest":
        """The guest behind `request`; one without traits where the cookie is missing or forged."""
        cookie = request.COOKIES.get(COOKIE_NAME)
        if not cookie:
            return cls()
        try:
            found = signing.loads(cookie, salt=SALT, max_age=REMEMBERED_FOR)
            return cls(**found | {"written": ()}).owning(found["written"])
        except (signing.BadSignature, KeyError, TypeError, ValueError):
            return cls()

    def owning(self, written) -> "Guest":
        """The same guest, with those of `written` that are young enough to count as theirs."""
        oldest = (timezone.now() - self.lasting).timestamp()
        young = tuple((key, second) for key, second in written if second >= oldest)
        return replace(self, written=young)

    @property
    def is_remembered(self) -> bool:
        return bool(self.name)

    @property
    def lasting(self) -> timedelta:
        return REMEMBERED_FOR if self.is_remembered else OWNED_FOR

    @property
    def comment_keys(self) -> list[int]:
        """Primary keys of what this guest wrote here lately."""
        return [key for key, _second in self.written]

    def wrote(self, comment: Comment) -> bool:
        return comment.member_id is None and mark_of(comment) in self.written

    def with_comment(self, comment: Comment) -> "Guest":
        written = (*(each for each in self.written if each != mark_of(comment)), mark_of(comment))
        return replace(self, written=written[-MOST_COMMENTS:])

    def called(self, name: str = "", email: str = "", site: str = "") -> "Guest":
        """The same guest, remembered by these; without any, forgotten."""
        return replace(self, name=name, email=email, site=site)

    def keep(self, response) -> None:
        """Have the browser remember this guest."""
        response.set_cookie(
            COOKIE_NAME,
            self.as_cookie(),
            max_age=self.lasting,
            path="/",
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )

    def as_cookie(self) -> str:
        value = signing.dumps(asdict(self), salt=SALT, compress=True)
        if len(value) <= MOST_BYTES:
            return value
        return self.called().as_cookie()  # a name and a site of emoji: typed again next time


def mark_of(comment: Comment) -> tuple[int, int]:
    return comment.pk, int(comment.created_at.timestamp())


def is_changeable(comment: Comment) -> bool:
    """Whether its author, whoever that is, may still change or remove `comment`."""
    in_time = timezone.now() - comment.created_at <= EDIT_WINDOW
    return in_time and (comment.is_approved or comment.seems_to_wait)
