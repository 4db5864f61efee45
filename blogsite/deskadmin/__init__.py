"""What the admin of every model does about requests that none of its own pages would send.

Django's admin trusts that whoever may sign in clicks on its pages. An address typed, shortened
or attacked is then an exception nobody expects; here it gets an answer in words.
"""

from django.contrib import admin

from blogsite.deskadmin.paging import Paging
from blogsite.deskadmin.recording import Recording
from blogsite.deskadmin.saving import Saving
from blogsite.deskadmin.searching import Searching
from blogsite.deskadmin.writing import Writing

__all__ = ["DeskAdmin"]


class DeskAdmin(Searching, Paging, Writing, Saving, Recording, admin.ModelAdmin):
    """Mixin for every ModelAdmin, before Django's class; it names that class itself, or another
    mixin that does so would push the parts of this one behind it."""
