"""Saying yes to mail, and saying no."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.generic import TemplateView

from comments.keys import key_in
from comments.mail import links, subscriptions
from comments.models import Address, Notice, Subscription
from comments.views.letters import LetterPage


def address_of(pk: int) -> Address:
    """Raises Broken for one that is no longer known."""
    address = Address.objects.filter(pk=pk).first()
    if address is None:
        raise links.Broken
    return address


class ConfirmPage(LetterPage):
    """Whether mail may come to this address."""

    def get(self, request, token):
        address = address_of(links.read_confirm(token))
        return self.answer("comments/confirm.html", address=address)

    def post(self, request, token):
        address = address_of(links.read_confirm(token))
        subscriptions.confirm(address)
        manage_link = links.manage_link(address)
        return self.answer(
            "comments/confirm.html", address=address, is_done=True, manage_link=manage_link
        )


class StopPage(LetterPage):
    """The end of one kind of mail to one person, by one POST as RFC 8058 has it.

    A mail program's POST says `List-Unsubscribe=One-Click` and nothing more; whatever is posted,
    what the link is about ends. It answers the same when repeated.
    """

    def get(self, request, token):
        return self.page(links.read_stop(token))

    def post(self, request, token):
        stop = links.read_stop(token)
        self.end(address_of(stop.address_id), stop)
        return self.page(stop)

    def end(self, address: Address, stop: links.Stop) -> None:
        if stop.what == links.EVERYTHING:
            subscriptions.stop_everything(address)
        elif stop.what == links.WAITING:
            subscriptions.set_waiting_mail(address, wanted=False)
        elif subscription := self.subscription(stop):
            subscriptions.end(subscription)

    def page(self, stop: links.Stop):
        address = address_of(stop.address_id)
        subscription = self.subscription(stop)
        is_done = {
            links.EVERYTHING: address.stopped_at is not None,
            links.WAITING: address.waiting_stopped_at is not None,
        }.get(stop.what, subscription is None)
        return self.answer(
            "comments/stop.html",
            address=address,
            subscription=subscription,
            what=stop.what,
            is_done=is_done,
            manage_link=links.manage_link(address),
        )

    def subscription(self, stop: links.Stop) -> Subscription | None:
        """None once it has ended, and for a link about something else."""
        if stop.what in {links.EVERYTHING, links.WAITING}:
            return None
        mine = Subscription.objects.filter(address=stop.address_id, pk=int(stop.what))
        return mine.select_related("address", "post", "thread__member").first()


class MailPage(LetterPage):
    """All that one address gets, and the buttons to change it."""

    def get(self, request, token):
        address = address_of(links.read_manage(token))
        return self.answer("comments/subscriptions.html", **all_mail(address))

    def post(self, request, token):
        """One button each: for everything, or for the subscription that the form names."""
        carry_out(request.POST, address_of(links.read_manage(token)))
        return HttpResponseRedirect(reverse("comments:mail", args=[token]), status=303)


class OwnMail(LoginRequiredMixin, TemplateView):
    """The same for whoever is signed in: their session is the proof."""

    template_name = "comments/own_mail.html"

    def get_context_data(self, **kwargs):
        email = self.request.user.email or ""
        # Nothing is stored for a look: who never had a wish sees the same page.
        address = Address.objects.of_emails([email]).first() or Address(email=email.lower())
        return super().get_context_data(**all_mail(address), **kwargs)

    def post(self, request):
        for address in Address.objects.remember([request.user.email or ""]):
            carry_out(request.POST, address)
        return HttpResponseRedirect(reverse("comments:own_mail"), status=303)


def all_mail(address: Address) -> dict:
    """What templates/comments/_mail_wishes.html needs."""
    if address.pk is None:
        return {"address": address, "subscriptions": [], "is_moderator": False}
    mine = address.subscriptions.select_related("post", "thread__member")
    return {
        "address": address,
        "subscriptions": mine.order_by("-created_at", "-pk"),
        "is_moderator": address.notices.filter(kind=Notice.Kind.WAITING).exists(),
    }


def carry_out(sent: QueryDict, address: Address) -> None:
    """Do what the pressed button says."""
    wish = sent.get("wish", "")
    if wish in FOR_ALL:
        FOR_ALL[wish](address)
    elif wish in FOR_ONE:
        key = key_in(sent.get("subscription", ""))
        # None too where it ended meanwhile, in another window; the page then shows how it is.
        if subscription := address.subscriptions.filter(pk=key).first():
            FOR_ONE[wish](subscription)


FOR_ALL = {
    "stop": subscriptions.stop_everything,
    "start": subscriptions.confirm,
    "stop_waiting": lambda address: subscriptions.set_waiting_mail(address, wanted=False),
    "start_waiting": lambda address: subscriptions.set_waiting_mail(address, wanted=True),
}
FOR_ONE = {
    "end": subscriptions.end,
    "mute": subscriptions.mute,
    "unmute": subscriptions.unmute,
}
