from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.utils.functional import cached_property
from django.utils.html import escape, format_html_join
from django.utils.translation import gettext_lazy as _

from posts import access
from posts.admin import narrowing
from posts.admin.authorship import Authorship
from posts.admin.bulk import BulkActions
from posts.admin.filters import PostStatusFilter
from posts.admin.forms import PostForm
from posts.admin.freshness import DueFilter, Freshness
from posts.admin.markdown_files import MarkdownFiles
from posts.admin.planning import Planning
from posts.admin.publication import FACTS, PublicationAdmin
from posts.admin.reviewing import Reviewing
from posts.admin.sharing import Sharing
from posts.authors import possible_authors
from posts.models import Byline, Post


class BylineFormSet(BaseInlineFormSet):
    @cached_property
    def people(self) -> list:
        """Whom each row offers, asked for once."""
        field = self.form.base_fields["user"]
        people = field.queryset.only("display_name", "handle")
        return [("", field.empty_label), *((each.pk, str(each)) for each in people)]

    def add_fields(self, form, index):
        """The table's heads are no labels to a screen reader."""
        super().add_fields(form, index)
        if "user" in form.fields:
            form.fields["user"].choices = self.people
        for field in form.fields.values():
            field.widget.attrs["aria-label"] = field.label or ""

    def clean(self):
        """The database would refuse an author named twice; say so before it does."""
        super().clean()
        kept = [form for form in self.forms if not self._should_delete_form(form)]
        users = [form.cleaned_data["user"] for form in kept if form.cleaned_data.get("user")]
        if len(users) > len(set(users)):
            raise ValidationError(_("Each author can be named once."))


class BylineInline(admin.TabularInline):
    """The authors of a post, in order; an editor names them, an author reads who is named."""

    model = Byline
    formset = BylineFormSet
    fields = ["user", "position"]
    verbose_name_plural = _("Authors")

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 1

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs["queryset"] = possible_authors()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "user":
            field.widget = field.widget.widget  # without the links that add and change people
        return field

    def has_view_permission(self, request, obj=None):
        if access.sees_all_posts(request.user):
            return True
        if obj is None:  # so Django asks before it reads the rows of a post
            return access.writes_own_posts(request.user)
        return access.is_own(request.user, obj)

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm("posts.change_post") and not (obj and obj.deleted_at)

    def has_change_permission(self, request, obj=None):
        return self.has_add_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.has_add_permission(request, obj)


@admin.register(Post)
class PostAdmin(
    Planning,
    Sharing,
    Reviewing,
    BulkActions,
    MarkdownFiles,
    Authorship,
    Freshness,
    PublicationAdmin,
):
    form = PostForm
    inlines = [BylineInline]
    list_display = ["heading", "status_label", "author_names", "tag_names", "moment"]
    list_filter = [
        PostStatusFilter,
        DueFilter,
        narrowing.YearFilter,
        narrowing.AuthorFilter,
        narrowing.SeriesFilter,
        narrowing.TagFilter,
    ]
    search_fields = ["title", "slug", "summary", "body"]
    search_help_text = _("Words in title, summary and text; tag:, author: and year: narrow it down")
    autocomplete_fields = ["series", "cover", "superseded_by"]
    fieldsets = [
        (None, {"fields": ["title", "body"]}),
        (
            _("Publishing"),
            {"fields": ["published_at", "expires_at", "slug", "tag_names", "summary"]},
        ),
        (
            _("Series"),
            {"fields": [("series", "series_part")], "classes": ["collapse"]},
        ),
        (_("Cover picture"), {"fields": ["cover", "cover_alt"], "classes": ["collapse"]}),
        (
            _("Later changes"),
            {
                "fields": [
                    "updated_at",
                    "tested_with",
                    "reviewed_at",
                    "review_by",
                    "evergreen",
                    "superseded_by",
                ],
                "classes": ["collapse"],
            },
        ),
        (
            _("Readers and search engines"),
            {
                "fields": ["comments_open", "noindex", "canonical_url", "language"],
                "classes": ["collapse"],
            },
        ),
        (_("About this post"), {"fields": FACTS, "classes": ["collapse"]}),
    ]

    def only_author(self, request):
        return None if access.sees_all_posts(request.user) else request.user

    def for_list(self, queryset):
        return queryset.with_byline()

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, BylineInline) and not obj.pk and request.method == "GET":
            kwargs["initial"] = [{"user": request.user.pk}]
        return kwargs

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "summary":
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 3})
            kwargs["help_text"] = escape(db_field.help_text)  # it names <!--more-->
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def text_saved(self, request, form, change):
        post = form.instance
        # A row that stayed as offered counts as untouched and is not saved.
        if not post.bylines.exists():
            Byline.objects.create(post=post, user=request.user)
        super().text_saved(request, form, change)

    @admin.display(description=_("authors"))
    def author_names(self, post):
        """Each leads to the list of theirs."""
        return links_to_lists("author", [(each.pk, each.name) for each in post.author_list])

    @admin.display(description=_("tags"))
    def tag_names(self, post):
        return links_to_lists("tag", [(tag.pk, tag.name) for tag in post.tag_list])


def links_to_lists(parameter: str, things: list[tuple[int, str]]):
    """The names of `things`, each a link to the list of posts that it narrows."""
    rows = [(parameter, key, name) for key, name in things]
    return format_html_join(", ", '<a href="?{}={}">{}</a>', rows)
