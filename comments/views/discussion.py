"""One address for the discussion of a post: to read it, and to add to it."""

from django.views.decorators.csrf import csrf_exempt

from blogsite.pagecache import keep
from comments.views.reading import DiscussionPage
from comments.views.writing import WriteComment

write_comment = WriteComment.as_view()
read_comments = DiscussionPage.as_view()


@keep(**DiscussionPage.kept)
@csrf_exempt  # comments.writing.guards looks where a form comes from
def discussion(request, slug):
    view = write_comment if request.method == "POST" else read_comments
    return view(request, slug=slug)


discussion.keeps_what_is_sent = WriteComment.keeps_what_is_sent
