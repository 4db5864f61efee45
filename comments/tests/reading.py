"""Reading discussions in tests, as a browser shows them."""

from lxml.html import fromstring

from comments.models import Comment, Discussion


def outline(response) -> list:
    """The threads on a page as nested lists: `["Ada", ["Grace"], "Alan"]`; None is a stub."""
    (threads,) = fromstring(response.content.decode()).xpath("//*[@data-threads]")
    found = threads.xpath("./ol")
    return outline_of(found[0]) if found else []


def outline_of(items) -> list:
    found = []
    for item in items.xpath("./li"):
        authors = item.xpath("./article//*[contains(@class, 'comment-author')]")
        found.append(authors[0].text_content() if authors else None)
        for answers in item.xpath("./details/ol"):
            found.append(outline_of(answers))
    return found


def words(element) -> str:
    return " ".join(element.text_content().split())


def shown(response, comment):
    """The element of one comment on a page."""
    (found,) = fromstring(response.content.decode()).xpath(f"//*[@id='comment-{comment.pk}']")
    return found


def add_many(post, number, **fields) -> list[Comment]:
    """Approved comments by one guest, each a thread unless told otherwise; quickly."""
    defaults = {"name": "Many", "body": "x", "body_html": "<p>x</p>", "status": "approved"}
    made = Comment.objects.bulk_create(
        Comment(post=post, **defaults | fields) for _number in range(number)
    )
    Discussion.refresh([post.pk])
    return made
