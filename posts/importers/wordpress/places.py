"""Where a text was on the web: its address, its number, its former slugs, its parents."""

from urllib.parse import quote, urlsplit

from posts.importers.wordpress.elements import Element
from posts.importers.wordpress.facts import Facts
from posts.importers.wordpress.terms import slug_of

PARENTS_AT_MOST = 30  # a page may be its own grandparent
OLD_SLUGS_AT_MOST = 100


def addresses_of(
    item: Element, kind: str, meta: dict[str, list[str]], facts: Facts, site: str
) -> list[str]:
    """Every address that led to it, whole where the export says of which site; each once."""
    link, guid, number = item.value("link"), item.value("guid"), item.value("wp:post_id")
    addresses = [link]
    if number.isdecimal():
        addresses.append(f"{site}/?{'page_id' if kind == 'page' else 'p'}={number}")
    if kind == "page":
        addresses.append(page_address(number, facts, site))
    for old in meta.get("_wp_old_slug", [])[:OLD_SLUGS_AT_MOST]:
        addresses.append(with_slug(link, slug_of(item.value("wp:post_name")), slug_of(old)))
    # A guid is often an address that led here, and else of another scheme, or none.
    if guid.startswith(("http://", "https://")) and "/" in guid[8:]:
        addresses.append(guid)
    return list(dict.fromkeys(filter(None, addresses)))


def page_address(number: str, facts: Facts, site: str) -> str:
    """Under its parents; "" where one of them has no slug or is not in the export."""
    slugs: list[str] = []
    while number not in {"", "0"}:
        number, slug = facts.pages.get(number, ("0", ""))
        slugs.insert(0, slug)
        if not slug or len(slugs) > PARENTS_AT_MOST:
            return ""
    return f"{site}/{'/'.join(quote(slug) for slug in slugs)}/" if slugs else ""


def with_slug(link: str, slug: str, old: str) -> str:
    """`link` as it was when the slug was `old`; "" where the link has no slug in it."""
    before, found, after = link.rpartition(quote(slug) if quote(slug) in link else slug)
    return f"{before}{quote(old)}{after}" if slug and old and found else ""


def base(address: str) -> str:
    """`address` of a site without a slash at its end, if it is one of the web; else ""."""
    address = address.strip().rstrip("/")
    try:
        parts = urlsplit(address)
        is_of_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/") if is_of_web else ""
