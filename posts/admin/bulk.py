"""Actions on the list of posts that ask something first: tags, authors, a date."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from posts.admin.bulk_forms import AddTags, NameAuthors, RemoveTags, Schedule
from posts.admin.publication import PublicationAdmin
from posts.models import Post

MOST = 500  # posts at once: each gets a revision, and meanwhile nobody else can save
NAMED = 10  # titles that the page names, and that a message does


class BulkActions(PublicationAdmin):
    """Each action leads to a page with one form; what that says is done to all, or to none."""

    actions = [*PublicationAdmin.actions, "add_tags", "remove_tags", "name_authors", "schedule"]

    def has_assign_permission(self, request) -> bool:
        """Whether who asks decides who is named above a post."""
        return request.user.has_perm("posts.change_post")

    @admin.action(description=_("Add tags …"), permissions=["change"])
    def add_tags(self, request, queryset):
        return self.ask(request, queryset, AddTags)

    @admin.action(description=_("Remove tags …"), permissions=["change"])
    def remove_tags(self, request, queryset):
        return self.ask(request, queryset, RemoveTags)

    @admin.action(description=_("Name authors …"), permissions=["assign"])
    def name_authors(self, request, queryset):
        return self.ask(request, queryset, NameAuthors)

    @admin.action(description=_("Schedule …"), permissions=["publish"])
    def schedule(self, request, queryset):
        return self.ask(request, queryset, Schedule)

    # --- The page in between ----------------------------------------------------

    def ask(self, request, queryset, form_class):
        """The page with the form; or what it says is done, and the answer None leads back."""
        keys = list(queryset.order_by().values_list("pk", flat=True)[: MOST + 1])
        if len(keys) > MOST:
            told = gettext("At most %(most)d posts can be changed at once. Mark fewer.")
            self.message_user(request, told % {"most": MOST}, messages.ERROR)
            return None
        posts = list(Post.everything.filter(pk__in=keys).without_text().with_byline())
        mine = [post for post in posts if self.has_change_permission(request, post)]
        if not mine:
            told = gettext("There is none among these that you may change.")
            self.message_user(request, told, messages.ERROR)
            return None
        data = request.POST if "apply" in request.POST else None
        form = form_class(data, user=request.user, posts=mine)
        if not form.is_valid():
            return self.page_with(request, form, mine, len(posts) - len(mine))
        self.change_with(request, form, mine, len(posts) - len(mine))
        return None

    def page_with(self, request, form, posts, left_out: int):
        context = {
            **self.admin_site.each_context(request),
            "title": form.title,
            "opts": self.opts,
            "form": form,
            "media": self.media + form.media,
            "posts": posts[:NAMED],
            "count": len(posts),
            "further": len(posts) - NAMED,
            "left_out": left_out,
            "keys": [post.pk for post in posts],
            "action": request.POST.getlist("action")[-1],
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/posts/bulk.html", context)

    @transaction.atomic
    def change_with(self, request, form, posts, left_out: int) -> None:
        outcome = form.apply(posts)
        for post in outcome.changed:
            self.log_change(request, post, [{"changed": {"fields": list(form.fields)}}])
        self.tell_changed(request, len(outcome.changed))
        for reason, titles in outcome.skipped.items():
            self.tell_skipped(request, titles, reason)
        if left_out:
            told = ngettext(
                "%(number)d was left out: you may not change it.",
                "%(number)d were left out: you may not change them.",
                left_out,
            )
            self.message_user(request, told % {"number": left_out}, messages.WARNING)

    def tell_changed(self, request, number: int) -> None:
        told = ngettext("%(number)d post changed.", "%(number)d posts changed.", number)
        level = messages.SUCCESS if number else messages.WARNING
        self.message_user(request, told % {"number": number}, level)

    def tell_skipped(self, request, titles: list[str], reason: str) -> None:
        named = ", ".join(f"“{title}”" for title in titles[:NAMED])
        if len(titles) > NAMED:
            named += " …"
        told = ngettext("%(number)d skipped", "%(number)d skipped", len(titles))
        words = {"number": len(titles)}
        self.message_user(request, f"{told % words} ({reason}): {named}", messages.WARNING)
