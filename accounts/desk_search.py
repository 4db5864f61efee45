"""People, found at the desk by who may look at them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from blogsite.desksearch import MOST, Found, register
from blogsite.desksearch.query import best

LOOK = ["accounts.view_user", "accounts.change_user"]


def find_people(request, query) -> list[Found]:
    if not any(map(request.user.has_perm, LOOK)):
        return []
    rows = User.objects.order_by("-pk")
    found = best(rows, query, "display_name", "handle", "email", most=MOST)
    return [Found(each.name, desk_page(each), each.email or "") for each in found]


def desk_page(person: User) -> str:
    return reverse("admin:accounts_user_change", args=[person.pk])


register("people", _("People"), find_people)
