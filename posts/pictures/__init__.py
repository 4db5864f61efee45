"""Pictures of the site: taking uploads in, and finding them again for the renderer."""

from blogsite.pictures import ImageRefused
from posts.pictures.finding import find_pictures
from posts.pictures.storing import remove_image, store_image

__all__ = ["ImageRefused", "find_pictures", "remove_image", "store_image"]
