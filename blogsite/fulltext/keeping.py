"""All collections: made ready when the database is, and looked after."""

from django.apps import apps as installed
from django.apps.registry import Apps
from django.db import connection

from blogsite.fulltext.collection import Collection, collections

BUILT_AT_ONCE = 1_000  # texts; more would hold up a migration, and are left to the command


def make_ready(state: Apps) -> None:
    """Tables for each collection, and what belongs into an empty one where that is soon done.

    `state` are the models as the migrations that were run have left them.
    """
    tables = connection.introspection.table_names()
    for collection in collections.values():
        collection.store.create()
        if collection.model._meta.db_table not in tables:
            collection.clear()  # the app was taken out of the database
        elif is_as_in_code(collection, state):
            fill(collection)


def fill(collection: Collection) -> None:
    size = collection.size()
    if not size:
        collection.clear()  # the database was emptied
    elif size <= BUILT_AT_ONCE and not collection.count():
        collection.repair()


def is_as_in_code(collection: Collection, state: Apps) -> bool:
    """Whether the tables of its app are those that our code asks; before, nothing can be read."""
    label = collection.model._meta.app_label
    for model in installed.get_app_config(label).get_models(include_auto_created=True):
        try:
            there = state.get_model(label, model._meta.model_name)
        except LookupError:
            return False
        if columns_of(there) != columns_of(model):
            return False
    return True


def columns_of(model) -> set[str]:
    return {field.column for field in model._meta.local_concrete_fields}
