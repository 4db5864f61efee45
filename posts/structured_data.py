"""What a page is about, as one schema.org graph (JSON-LD).

Plain dictionaries, built from the context that the page's template gets. Nodes refer to each
other by `@id`, so the site and its authors are described once.
"""

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import gettext as _

from blogsite.addresses import fixed_address
from posts.feeds.entries import absolute, person
from posts.models import Post, SiteSettings
from posts.moments import iso

CONTEXT = "https://schema.org"

# What apps above know of a post, as further properties of its node: functions of the post and of
# the template context of its page.
FACTS: list[Callable[[Post, dict], dict]] = []


def graph_for(page: dict) -> dict:
    """The graph of a page whose template context is `page`; `canonical` must be in it."""
    site = page.get("site") or SiteSettings.load()
    nodes = [website(site), publisher(site), *main_nodes(page)]
    trail = breadcrumbs(page)
    if trail:
        nodes.append(trail)
    return {"@context": CONTEXT, "@graph": [without_empty(node) for node in nodes]}


def website(site) -> dict:
    search = absolute(fixed_address("posts:search"))
    return {
        "@type": "WebSite",
        "@id": node_id("website"),
        "url": absolute("/"),
        "name": site.title,
        "description": site.description or site.tagline,
        "inLanguage": settings.LANGUAGE_CODE,
        "publisher": reference("publisher"),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{search}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def publisher(site) -> dict:
    return {
        "@type": "Organization",
        "@id": node_id("publisher"),
        "name": site.title,
        "url": absolute("/"),
        "logo": absolute(site.shown_logo.url) if site.shown_logo else "",
        "sameAs": [link.address for link in site.social],
    }


def main_nodes(page: dict) -> list[dict]:
    """What this page itself is; the front page is the site and needs no more."""
    if isinstance(page.get("post"), Post):
        node = blog_posting(page["post"], page)
        for facts in FACTS:
            node |= facts(page["post"], page)
        return [node]
    if page.get("author"):
        return [profile(page["author"], page)]
    if page.get("series"):
        return [web_page(page, "CollectionPage") | {"mainEntity": series(page["series"])}]
    if page["canonical"] == absolute("/"):
        return []
    is_list = "post_list" in page or not page.get("page")
    return [web_page(page, "CollectionPage" if is_list else "WebPage")]


def blog_posting(post: Post, page: dict) -> dict:
    tags = [tag.name for tag in post.tag_list]
    address = post.permalink
    return {
        "@type": ["BlogPosting", "TechArticle"] if post.tested_with else "BlogPosting",
        "@id": f"{address}#post",
        "url": address,
        "mainEntityOfPage": original_address(page),
        "headline": str(post),
        "description": page.get("description", ""),
        "image": image(post),
        "datePublished": iso(post.published_at),
        "dateModified": iso(post.changed_at),
        "correction": [correction(each) for each in post.corrections],
        "author": [schema_person(author) for author in post.author_list],
        "publisher": reference("publisher"),
        "keywords": tags,
        "articleSection": tags[0] if tags else "",
        "inLanguage": post.language or settings.LANGUAGE_CODE,
        "wordCount": post.word_count,
        "dependencies": post.tested_with,
        "isPartOf": [reference("website"), *([series(post.series)] if post.series else [])],
        "position": post.series_part if post.series else None,
    }


def correction(revision) -> dict:
    return {
        "@type": "CorrectionComment",
        "text": revision.correction,
        "datePublished": iso(revision.saved_at),
    }


def image(post: Post) -> dict | None:
    picture = post.lead_image
    if not picture:
        return None
    return {
        "@type": "ImageObject",
        "url": absolute(picture.url),
        "width": picture.width,
        "height": picture.height,
        **({"caption": post.lead_alt} if post.lead_alt else {}),
    }


def schema_person(author) -> dict:
    known = person(author)
    return {"@type": "Person", "@id": f"{known['url']}#person", **known}


def profile(author, page: dict) -> dict:
    about = schema_person(author) | {
        "description": page.get("description", ""),
        "sameAs": author.link_list,
    }
    return web_page(page, "ProfilePage") | {"mainEntity": without_empty(about)}


def series(thing) -> dict:
    return {
        "@type": "CreativeWorkSeries",
        "@id": f"{thing.permalink}#series",
        "name": thing.title,
        "url": thing.permalink,
    }


def web_page(page: dict, kind: str) -> dict:
    return {
        "@type": kind,
        "@id": f"{page['canonical']}#page",
        "url": page["canonical"],
        "name": str(page.get("heading") or ""),
        "description": page.get("description", ""),
        "isPartOf": reference("website"),
        "inLanguage": settings.LANGUAGE_CODE,
    }


def breadcrumbs(page: dict) -> dict | None:
    """The way from the front page to here; none on the front page itself."""
    here = original_address(page)
    if here == absolute("/"):
        return None
    steps = [(_("Home"), absolute("/")), *way_to(page), (page_name(page), here)]
    return {
        "@type": "BreadcrumbList",
        "@id": f"{page['canonical']}#breadcrumbs",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": address}
            for place, (name, address) in enumerate(steps, start=1)
        ],
    }


def way_to(page: dict) -> list[tuple[str, str]]:
    """The pages between the front page and this one."""
    if isinstance(page.get("post"), Post):
        part_of = page["post"].series or next(iter(page["post"].tag_list), None)
        return [(str(part_of), part_of.permalink)] if part_of else []
    if page.get("tag"):
        return [(_("Tags"), absolute(fixed_address("posts:tags")))]
    if page.get("series"):
        return [(_("Series"), absolute(fixed_address("posts:series_list")))]
    return []


def page_name(page: dict) -> str:
    return str(page.get("post") or page.get("heading") or _("Home"))


def original_address(page: dict) -> str:
    """Where the text is at home, which may be another site."""
    return getattr(page.get("post"), "canonical_url", "") or page["canonical"]


def node_id(name: str) -> str:
    return absolute(f"/#{name}")


def reference(name: str) -> dict:
    return {"@id": node_id(name)}


def without_empty(node: dict) -> dict:
    return {name: value for name, value in node.items() if value not in ("", None, [])}
