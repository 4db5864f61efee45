"""What the buttons of the queue do: decide, take back, answer, ban and trust, lock."""

from uuid import UUID

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from blogsite.deskadmin.values import fits
from comments import locking, moderation, replying, standings
from comments.admin.buttons import PATIENCE, answer, one_of, seen_on, wants_json, way_back
from comments.admin.forms import ReplyForm
from comments.models import Comment, Decision, Standing

VERDICTS = {
    "approve": (moderation.approve, _("Approved.")),
    "spam": (moderation.mark_spam, _("Put with the spam.")),
    "remove": (moderation.remove, _("Moved to the trash.")),
    "hold": (moderation.hold, _("Waits again.")),
}

CHANGED = _("Its author changed it after this page was made. Load the page again to read it.")


class Deeds:
    """Mixin: the addresses that the buttons of a row call, all of them by POST."""

    def get_urls(self):
        def deed(name, view):
            return path(f"<path:object_id>/{name}/", self.deed(view), name=f"comments_{name}")

        return [
            path("undo/", self.deed(self.undo_view), name="comments_undo"),
            deed("decide", self.decide_view),
            deed("reply", self.reply_view),
            deed("standing", self.standing_view),
            deed("lock", self.lock_view),
            *super().get_urls(),
        ]

    def find(self, request, object_id) -> Comment:
        comment = self.get_object(request, unquote(object_id))
        if not comment:
            raise Http404
        return comment

    # --- Deciding -----------------------------------------------------------------

    def decide_view(self, request, object_id):
        comment = self.find(request, object_id)
        decide, told = one_of(VERDICTS, request.POST.get("verdict"))
        made = decide([comment], request.user, seen=seen_on(request))
        if not made:
            comment.refresh_from_db()
            if decide is moderation.approve and comment.body and not comment.is_approved:
                return answer(request, CHANGED, level=messages.WARNING)
            return answer(request, gettext("It was so already."), level=messages.INFO)
        return answer(request, told, undo={"batch": made[0].batch})

    def undo_view(self, request):
        """Take back a decision, or a batch of them together with the ban that caused it."""
        decisions = decisions_asked_for(request.GET)
        count, is_whole = moderation.undo_all(decisions, request.user, PATIENCE)
        standing = request.GET.get("standing", "")
        banned = Standing.objects.filter(pk=standing) if fits(Standing._meta.pk, standing) else []
        for each in banned:
            standings.lift(each, request.user)
        if not count and not banned:
            told = gettext("There is nothing to take back any more.")
            return answer(request, told, level=messages.WARNING)
        told = ngettext("%d decision taken back.", "%d decisions taken back.", count) % count
        if not is_whole:
            told += " " + gettext("There are more. Press the button again for the rest.")
            return answer(request, told, undo=request.GET.dict())
        return answer(request, told if count else gettext("Taken back."))

    # --- Answering ----------------------------------------------------------------

    def reply_view(self, request, object_id):
        """Answer in the name of whoever is signed in."""
        comment = self.find(request, object_id)
        form = ReplyForm(request.POST)
        if form.is_valid():
            try:
                made = replying.reply(
                    comment, form.cleaned_data["body"], request.user, seen_on(request)
                )
            except replying.Unread:
                form.add_error("body", CHANGED)
            else:
                told = gettext("Approved and answered.") if made else gettext("Answered.")
                return answer(request, told, undo={"batch": made[0].batch} if made else None)
        if wants_json(request):
            return answer(request, form.errors["body"][0], level=messages.ERROR)
        context = self.admin_site.each_context(request) | {
            "title": _("Answer"),
            "opts": self.opts,
            "comment": comment,
            "form": form,
            "seen": comment.edited_at or comment.created_at,
            "back": request.POST.get("back", ""),
            "back_url": way_back(request),
        }
        return TemplateResponse(request, "admin/comments/comment/reply.html", context)

    # --- People -------------------------------------------------------------------

    def standing_view(self, request, object_id):
        """Ban, trust, or neither: the author, or whoever writes from the same address."""
        comment = self.find(request, object_id)
        person, same = standings.of_author(comment, where=request.GET.get("of") == "address")
        if not person:
            told = gettext("Nothing tells this person from others.")
            return answer(request, told, level=messages.WARNING)
        act = one_of(
            {"ban": self.ban, "trust": self.trust, "lift": self.lift}, request.POST.get("verdict")
        )
        return act(request, person, same)

    def ban(self, request, person, same):
        standing, deed = standings.ban(person, same, request.user)
        told = ngettext(
            "Banned; %d comment went to the spam.",
            "Banned; %d comments went to the spam.",
            deed.count,
        )
        return answer(
            request, told % deed.count, undo={"batch": deed.batch, "standing": standing.pk}
        )

    def trust(self, request, person, same):
        standing = standings.trust(person, request.user)
        return answer(request, gettext("Trusted from now on."), undo={"standing": standing.pk})

    def lift(self, request, person, same):
        for standing in Standing.objects.filter(of=person[0], value=person[1]):
            standings.lift(standing, request.user)
        return answer(request, gettext("Neither banned nor trusted any longer."))

    # --- The discussion -----------------------------------------------------------

    def lock_view(self, request, object_id):
        """Close or open the discussion that the comment is in."""
        lock = one_of({"yes": True, "no": False}, request.POST.get("locked"))
        locking.set_locked([self.find(request, object_id).post_id], lock, request.user)
        told = gettext("The discussion is locked.") if lock else gettext("The discussion is open.")
        return answer(request, told)


def decisions_asked_for(query):
    """The decisions that `batch` or `decision` names; none for what makes no sense."""
    one, batch = query.get("decision", ""), query.get("batch", "")
    if fits(Decision._meta.pk, one):
        return Decision.objects.filter(pk=one)
    try:
        return Decision.objects.filter(batch=UUID(batch))
    except ValueError:
        return Decision.objects.none()
