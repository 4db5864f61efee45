"""The sitemap, whole or in files."""

from django.http import Http404
from django.utils.translation import gettext as _

from blogsite.pagecache import keep
from posts import sitemaps
from posts.views.machine import public_file, read_only

XML = "application/xml; charset=utf-8"


@keep()
@read_only
def sitemap(request):
    return public_file(sitemaps.whole_or_index(), XML)


@keep()
@read_only
def sitemap_part(request, section, number):
    content = sitemaps.part(section, number)
    if content is None:
        raise Http404(_("There is no such sitemap."))
    return public_file(content, XML)
