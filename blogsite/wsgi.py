"""The WSGI application that the production server runs."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "blogsite.settings")
django.setup(set_prefix=False)

from blogsite.pagecache.layer import PageCache  # noqa: E402 - the settings must be known first
from blogsite.request import Handler  # noqa: E402

application = PageCache(Handler())
