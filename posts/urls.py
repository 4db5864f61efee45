from django.urls import path

from posts import converters  # noqa: F401  registers them
from posts.feeds.urls import feed_addresses
from posts.views import (
    accent,
    archives,
    detail,
    front,
    lists,
    machine,
    machine_apps,
    machine_llms,
    machine_sitemap,
    media,
    search,
    shared,
)

app_name = "posts"

urlpatterns = [
    path("", front.front_page, name="list"),
    path("posts/", front.Stream.as_view(), name="stream"),
    path("post/<word:slug>/", detail.PostDetail.as_view(), name="detail"),
    path("post/<word:slug>.md", detail.PostMarkdown.as_view(), name="markdown"),
    path("draft/<str:token>/", shared.SharedDraft.as_view(), name="draft"),
    path("tags/", lists.TagList.as_view(), name="tags"),
    path("tag/<word:slug>/", lists.TagPage.as_view(), name="tag"),
    path("author/<word:handle>/", lists.AuthorPage.as_view(), name="author"),
    path("series/", lists.SeriesList.as_view(), name="series_list"),
    path("series/<word:slug>/", lists.SeriesPage.as_view(), name="series"),
    path("archive/", archives.Archive.as_view(), name="archive"),
    path("search/", search.SearchPage.as_view(), name="search"),
    path("search/suggestions.json", search.suggestions, name="suggestions"),
    path("<yyyy:year>/", archives.YearPage.as_view(), name="year"),
    path("<yyyy:year>/<month:month>/", archives.MonthPage.as_view(), name="month"),
    *feed_addresses(),
    path("sitemap.xml", machine_sitemap.sitemap, name="sitemap"),
    path(
        "sitemap-<word:section>-<int:number>.xml",
        machine_sitemap.sitemap_part,
        name="sitemap_part",
    ),
    path("robots.txt", machine.robots, name="robots"),
    path("llms.txt", machine_llms.llms, name="llms"),
    path("humans.txt", machine.humans, name="humans"),
    path(".well-known/security.txt", machine.security_txt, name="security_txt"),
    path("manifest.webmanifest", machine_apps.manifest, name="manifest"),
    path("opensearch.xml", machine_apps.opensearch, name="opensearch"),
    path("favicon.ico", machine.favicon, name="favicon"),
    path("apple-touch-icon.png", machine.touch_icon, name="touch_icon"),
    path("accent/<int:hue>.css", accent.accent_sheet, name="accent"),
    path("media/<path:path>", media.serve_media, name="media"),
    path("<word:slug>.md", detail.PageMarkdown.as_view(), name="page_markdown"),
    # Last: any word that nothing above claimed may be a page.
    path("<word:slug>/", detail.PageDetail.as_view(), name="page"),
]
