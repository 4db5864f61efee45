"""A switch for bad days: everybody reads, nobody writes.

state.py holds it, middleware.py keeps it, and `manage.py lock_site` turns it.
"""
