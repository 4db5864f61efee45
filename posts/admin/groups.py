"""Tags and series."""

from django import forms
from django.contrib import admin
from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from blogsite.deskadmin import DeskAdmin
from posts import trash
from posts.admin.merging import Merging
from posts.admin.ordering import Ordering
from posts.admin.renaming import Renaming
from posts.models import Series, Tag
from posts.slugs import free_slug

LIVING = Q(posts__deleted_at=None)


class GroupForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self):
        name = self.data.get("name") or self.data.get("title") or ""
        return self.cleaned_data["slug"] or self.instance.slug or free_slug(self._meta.model, name)


class GroupAdmin(Renaming, DeskAdmin, admin.ModelAdmin):
    """Each names its ordering: that of the model is lost where rows are counted."""

    form = GroupForm
    readonly_fields = ["former_addresses"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(living=Count("posts", filter=LIVING))

    def delete_model(self, request, obj):
        trash.remove(obj)

    def delete_queryset(self, request, queryset):
        for group in queryset:
            trash.remove(group)

    @admin.display(description=_("posts"), ordering="living")
    def post_count(self, group):
        return group.living


@admin.register(Tag)
class TagAdmin(Merging, GroupAdmin):
    list_display = ["name", "slug", "post_count"]
    search_fields = ["name", "slug"]
    ordering = [Lower("name")]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Series)
class SeriesAdmin(Ordering, GroupAdmin):
    list_display = ["title", "slug", "post_count"]
    search_fields = ["title", "slug"]
    ordering = ["title"]
    prepopulated_fields = {"slug": ["title"]}
