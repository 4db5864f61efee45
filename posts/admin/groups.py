"""Tags and series."""

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from blogsite.deskadmin import DeskAdmin
from posts import trash
from posts.admin.merging import Merging
from posts.admin.numbers import count_living
from posts.admin.ordering import Ordering
from posts.admin.renaming import Renaming
from posts.models import Series, Tag
from posts.slugs import free_slug
from posts.tallies.groups import counted


class GroupForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self):
        name = self.data.get("name") or self.data.get("title") or ""
        return self.cleaned_data["slug"] or self.instance.slug or free_slug(self._meta.model, name)


class GroupList(ChangeList):
    """Rows with the numbers of their posts, in two queries more."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        count_living(self.result_list)


class GroupAdmin(Renaming, DeskAdmin, admin.ModelAdmin):
    """What tags and series have in common."""

    form = GroupForm
    readonly_fields = ["former_addresses"]

    def get_changelist(self, request, **kwargs):
        return GroupList

    def delete_model(self, request, obj):
        trash.remove(obj)

    def delete_queryset(self, request, queryset):
        for group in queryset:
            trash.remove(group)


@admin.register(Tag)
class TagAdmin(Merging, GroupAdmin):
    list_display = ["name", "slug", "post_count"]
    search_fields = ["name", "slug"]
    ordering = [Lower("name")]
    prepopulated_fields = {"slug": ["name"]}

    @admin.display(description=_("posts"), ordering=counted(Tag))
    def post_count(self, tag):
        return link_to_posts("tag", tag)


@admin.register(Series)
class SeriesAdmin(Ordering, GroupAdmin):
    list_display = ["title", "slug", "post_count"]
    search_fields = ["title", "slug"]
    ordering = ["title"]
    prepopulated_fields = {"slug": ["title"]}

    @admin.display(description=_("posts"), ordering=counted(Series))
    def post_count(self, series):
        return link_to_posts("series", series)


def link_to_posts(parameter: str, group: Tag | Series):
    """Their number, leading to the list of them."""
    url = reverse("admin:posts_post_changelist")
    return format_html('<a href="{}?{}={}">{}</a>', url, parameter, group.pk, group.living)
