"""An author changes or withdraws a comment, for some minutes after writing it."""

from http import HTTPStatus

from django.db.models import Q
from django.http import Http404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from blogsite import personal
from comments.models import Comment, CommentSettings, Status
from comments.models.comment import SEEMS_TO_WAIT
from comments.ownership import is_author
from comments.rendering import render_comment
from comments.views.keeping import KeepsText
from comments.views.pages import closed_page, own_page, see
from comments.writing import guards, policy, revision
from comments.writing.forms import EditForm
from comments.writing.guests import EDIT_WINDOW, is_changeable
from posts.models.publication import long_columns


class OwnComment:
    """Mixin: finds the comment as `self.comment`; to all but its author there is none."""

    def find(self, pk):
        """Raises Http404, the same for what is not there and what belongs to others."""
        personal.mark(self.request)
        rows = Comment.objects.filter(Q(status=Status.APPROVED) | SEEMS_TO_WAIT, pk=pk)
        found = rows.select_related("post", "member").defer(*long_columns("post__")).first()
        if not (found and found.post.is_published and is_author(self.request, found)):
            raise Http404(_("There is no such comment."))
        self.comment = found

    def answer_late(self):
        """What is answered when the time is over; None while it is not."""
        if is_changeable(self.comment):
            return None
        minutes = int(EDIT_WINDOW.total_seconds() // 60)
        sentence = _(
            "A comment can be changed or deleted within %(minutes)s minutes. That time is over."
        ) % {"minutes": minutes}
        return self.answer_closed(sentence, HTTPStatus.FORBIDDEN)

    def answer_closed(self, sentence: str, status: HTTPStatus):
        text = self.request.POST.get("body", "")
        return closed_page(self.request, sentence, text, status, self.comment.post)

    @property
    def problem(self) -> str:
        """Why a form is not looked at, a sentence; empty where it may be."""
        found = guards.problem_of(self.request, personal.member_of(self.request))
        return guards.SENTENCES.get(found, "")

    def show(self, status: HTTPStatus = HTTPStatus.OK, **context):
        context |= {"comment": self.comment, "post": self.comment.post, "heading": self.heading}
        return own_page(self.request, self.template_name, context, status)


# comments.writing.guards looks where a form comes from.
@method_decorator(csrf_exempt, name="dispatch")
class EditComment(KeepsText, OwnComment, View):
    template_name = "comments/edit.html"
    form_template = "comments/_edit_form.html"

    @property
    def heading(self):
        return _("Change your comment")

    def get(self, request, pk):
        self.find(pk)
        return self.answer_late() or self.show(form=EditForm(initial={"body": self.comment.body}))

    def take(self, pk):
        self.find(pk)
        return self.answer_late() or self.answer_problem() or self.answer_text()

    def form_to_keep(self):
        return EditForm(initial={"body": self.request.POST.get("body", "")})

    def answer_problem(self):
        if not self.problem:
            return None
        return self.show(HTTPStatus.FORBIDDEN, form=self.form_to_keep(), message=self.problem)

    def answer_text(self):
        form = EditForm(self.request.POST)
        if not form.is_valid():
            return self.show(HTTPStatus.UNPROCESSABLE_ENTITY, form=form)
        body = form.cleaned_data["body"]
        if "preview" in self.request.POST:
            return self.show(form=self.form_to_keep(), preview_html=render_comment(body))
        circumstances = policy.Circumstances.from_request(self.request)
        try:
            changed = revision.change(self.comment, body, circumstances, CommentSettings.load())
        except revision.Settled:
            sentence = _("A moderator has removed this comment meanwhile.")
            return self.answer_closed(sentence, HTTPStatus.CONFLICT)
        return see(changed.get_absolute_url())


# comments.writing.guards looks where a form comes from.
@method_decorator(csrf_exempt, name="dispatch")
class DeleteComment(OwnComment, View):
    template_name = "comments/delete.html"

    @property
    def heading(self):
        return _("Delete your comment?")

    def get(self, request, pk):
        self.find(pk)
        return self.answer_late() or self.show()

    def post(self, request, pk):
        self.find(pk)
        if late := self.answer_late():
            return late
        if self.problem:
            return self.show(HTTPStatus.FORBIDDEN, message=self.problem)
        revision.withdraw(self.comment, by=self.comment.member)
        return see(f"{self.comment.post.get_absolute_url()}#comments")
