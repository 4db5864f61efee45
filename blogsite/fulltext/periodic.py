"""What comes round by itself."""

from datetime import timedelta

from blogsite.fulltext.collection import collections
from blogsite.outgoing.periodic import periodic


@periodic(every=timedelta(days=1))
def forget_words_of_removed_texts() -> None:
    for collection in collections.values():
        collection.forget()
