"""Taking in a comment. Whatever goes wrong, the answer holds the writer's text."""

import logging
from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from blogsite import personal
from blogsite.client import address_of
from comments import networks
from comments.models import Comment, CommentSettings
from comments.rendering import render_comment
from comments.views.keeping import KeepsText
from comments.views.pages import closed_page, form_page
from comments.views.welcome import was_just_sent_from, welcome
from comments.writing import composing, guards, openness, policy, stamps, submission
from comments.writing.forms import GuestForm, MemberForm
from comments.writing.targets import find_post, status_of_missing

logger = logging.getLogger(__name__)

WAIT_SECONDS = 600  # asked of somebody who sent too many; the limit itself is by the hour


# comments.writing.guards looks where a form comes from.
@method_decorator(csrf_exempt, name="dispatch")
class WriteComment(KeepsText, View):
    """POST to the discussion of a post: one comment more, or a look at it before."""

    form_template = "comments/_form_fields.html"

    def form_to_keep(self):
        # For a member if a member's form was sent: nobody can tell now who is signed in.
        form = MemberForm if guards.was_members_form(self.request) else GuestForm
        return composing.unchecked(form(self.request.POST))

    def take(self, slug):
        self.member = personal.member_of(self.request)
        self.rules = CommentSettings.load()
        self.discussed = find_post(slug, self.member)
        if self.discussed is None:
            return self.answer_unknown(slug)
        closed = openness.why_closed(self.discussed, self.member, self.rules)
        if closed:
            return self.answer_closed(closed, HTTPStatus.FORBIDDEN)
        self.form = composing.sent_form(self.request, self.member)
        self.parent = composing.find_parent(self.discussed, self.request.POST.get("parent", ""))
        return (
            self.answer_untrusted() or self.answer_preview() or self.answer_wrong() or self.store()
        )

    # --- What is not stored -------------------------------------------------------

    def answer_unknown(self, slug):
        status = status_of_missing(slug)
        removed = _("This post was removed, so it takes no comments.")
        unknown = _("There is no such post, so it takes no comments.")
        return self.answer_closed(removed if status == HTTPStatus.GONE else unknown, status)

    def answer_closed(self, sentence: str, status: HTTPStatus):
        text = self.request.POST.get("body", "")
        return closed_page(self.request, sentence, text, status, self.discussed)

    def answer_untrusted(self):
        problem = guards.problem_of(self.request, self.member)
        if not problem:
            return None
        self.log_refusal(problem)
        return self.ask_again(HTTPStatus.FORBIDDEN, guards.SENTENCES[problem])

    def answer_preview(self):
        if "preview" not in self.request.POST:
            return None
        try:
            body = self.form.fields["body"].clean(self.form.data.get("body"))
        except ValidationError as error:
            return self.ask_again(HTTPStatus.OK, " ".join(error.messages))
        return self.ask_again(HTTPStatus.OK, preview_html=render_comment(body))

    def answer_wrong(self):
        """What a form gets in which something is missing, too long, or out of date."""
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if self.seconds is None:
            return self.ask_again(
                status,
                _(
                    "This page was open for so long that its form has expired. Your text is still "
                    "here: please send it once more."
                ),
            )
        if self.form.data.get("parent") and not self.parent:
            self.form.data["parent"] = ""
            return self.ask_again(
                status,
                _(
                    "The comment that you answer is not there any more. Your text is still here: send "
                    "it once more, and it becomes a comment of its own."
                ),
            )
        if not self.form.is_valid():
            return form_page(self.request, self.discussed, self.form, status, self.parent)
        return None

    def ask_again(self, status: HTTPStatus, message: str = "", preview_html: str = ""):
        return form_page(
            self.request,
            self.discussed,
            composing.unchecked(self.form),
            status,
            self.parent,
            message=message,
            preview_html=preview_html,
        )

    # --- What is stored -----------------------------------------------------------

    def store(self):
        comment = self.make_comment()
        wish = self.form.cleaned_data["subscription"]
        try:
            stored = submission.submit(comment, self.circumstances, self.rules, wish)
        except policy.TooMany:
            return self.answer_too_many()
        is_own = stored is comment or was_just_sent_from(comment.address_key, stored)
        return welcome(self.request, stored, self.form.cleaned_data, is_own)

    def make_comment(self) -> Comment:
        given = self.form.cleaned_data
        address_key, network_key = networks.keys_for(address_of(self.request))
        person = {name: given[name] for name in ("name", "email", "site") if name in given}
        return Comment(
            post=self.discussed,
            parent=self.parent,
            member=self.member,
            body=given["body"],
            address_key=address_key,
            network_key=network_key,
            writing_seconds=self.seconds,
            **person,
        )

    @property
    def circumstances(self) -> policy.Circumstances:
        trap_filled = bool(self.form.cleaned_data["topic"])
        return policy.Circumstances.from_request(
            self.request, trap_filled=trap_filled, seconds=self.seconds
        )

    @cached_property
    def seconds(self) -> int | None:
        """How long the form was open; None where its stamp is good no more."""
        return stamps.age(self.request.POST.get("stamp", ""))

    def answer_too_many(self):
        self.log_refusal("too many")
        response = self.ask_again(
            HTTPStatus.TOO_MANY_REQUESTS,
            _(
                "Too many comments came from your network in the last hour. Your text is still here: "
                "please send it again in ten minutes."
            ),
        )
        response["Retry-After"] = WAIT_SECONDS
        return response

    def log_refusal(self, why: str) -> None:
        """The key of the address and not the address, as everywhere."""
        address_key, _network_key = networks.keys_for(address_of(self.request))
        logger.warning(
            "comment on post %s refused: %s, from %s, user %s",
            self.discussed.pk,
            why,
            address_key or "nowhere",
            self.member.pk if self.member else "none",
        )
