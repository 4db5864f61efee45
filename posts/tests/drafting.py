"""A window in which somebody writes, for the tests."""

import json
from uuid import UUID, uuid4

from posts.models import WorkingCopy
from posts.tests.writing import address


def autosave(client, text=None, *, window=None, model="post", based_on=None, **fields):
    """Send what a window holds, as its script does; the answer."""
    held = json.dumps({name: [value] for name, value in fields.items()}) if fields else ""
    data = {
        "window": str(window or uuid4()),
        "text": text.pk if text else "",
        "based_on": (text.revision_number if text else 0) if based_on is None else based_on,
        "fields_held": held,
    }
    return client.post(address("autosave", model=model), data)


def held(window: UUID) -> dict:
    """What is kept of a window: each field that is not empty, by its name."""
    fields = WorkingCopy.objects.get(window=window).fields or {}
    return {name: values[0] for name, values in fields.items() if values[0]}


def offered(response) -> list[str]:
    """The windows whose text a page of the desk offers to restore."""
    return [str(offer.window) for offer in response.context["unsaved"]]
