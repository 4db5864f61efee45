"""Finding posts and pages to link to, while writing."""

from django.db.models import Q
from django.http import JsonResponse
from django.views import View

from posts import access
from posts.admin.editor import ForWriters
from posts.models import Page, Post

MOST_TARGETS = 8  # a list under the cursor has no room for more
MOST_PAGES = 2  # of them: there are few pages, and a title that fits many posts must not hide one


class TargetsView(ForWriters, View):
    """Posts and pages whose title or slug holds `q`, as JSON: title, address, kind, status."""

    http_method_names = ["get"]

    def get(self, request):
        sought = request.GET.get("q", "").replace("\0", "").strip()[:100]
        pages = matching(pages_for(request.user), sought)[:MOST_PAGES]
        posts = matching(posts_for(request.user), sought)[: MOST_TARGETS - len(pages)]
        return JsonResponse({"results": [described(each) for each in [*posts, *pages]]})


def posts_for(user):
    """What is published, and what `user` may look at in the admin."""
    mine = access.posts_at_desk_of(user).filter(deleted_at=None)
    if access.sees_all_posts(user):
        return mine
    return Post.objects.filter(Q(pk__in=Post.objects.published()) | Q(pk__in=mine.values("pk")))


def pages_for(user):
    sees_all = user.has_perm("posts.change_page") or user.has_perm("posts.view_page")
    return Page.objects.all() if sees_all else Page.objects.published()


def matching(texts, sought: str) -> list:
    """Of `texts`, the newest few that `sought` fits; any where nothing is sought."""
    texts = texts.without_text().order_by("-pk")
    fitting = texts.filter(Q(title__icontains=sought) | Q(slug__icontains=sought))
    return list(fitting[:MOST_TARGETS])


def described(text) -> dict:
    return {
        "title": str(text),
        "address": text.get_absolute_url(),
        "kind": text._meta.model_name,
        "status": text.status,
    }
