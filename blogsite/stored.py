"""What the database holds of a row that is about to be saved."""

from django.db.models import Model


def stored_value(row: Model, field: str):
    """The value of `field` before `row` is saved, or None for a new row.

    Within a transaction the row stays locked until its end. So of two who change the value at
    once the second learns what the first made of it; what `row` was read with may be older.
    """
    if row._state.adding:
        return None
    stored = type(row)._base_manager.select_for_update(no_key=True).filter(pk=row.pk)
    return stored.values_list(field, flat=True).first()
