"""What texts do about a picture of theirs that goes to the trash, or comes back."""

from django.db.models import CharField, Q
from django.db.models.functions import Cast

from posts.models import Image, Page, Post
from posts.rerender import COMPUTED, COMPUTED_OF_POSTS, rerender_one


def take_from_lists(image: Image) -> None:
    """No list and no card for sharing shows it any more; each text keeps the place it had."""
    Post.everything.filter(lead_image=image).update(lead_image=None, lead_alt="")


def show_again(image: Image) -> None:
    """Render again the texts that use it: one saved meanwhile did not know it."""
    for model, columns in ((Post, COMPUTED_OF_POSTS), (Page, COMPUTED)):
        for key in texts_with(image, model).values_list("pk", flat=True):
            rerender_one(model, key, columns)


def texts_with(image: Image, model: type):
    """The texts of this kind that show the picture, those in the trash too."""
    # The column is JSON: as text it can be searched on every database.
    texts = model.everything.annotate(sources=Cast("images", CharField())).order_by("pk")
    shows = Q(sources__contains=image.file)
    return texts.filter(shows | Q(cover=image) if model is Post else shows)
