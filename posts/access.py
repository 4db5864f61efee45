"""Who may do what with which post and picture.

An editor holds Django's permissions, and each of these is about all rows. An author holds only
`add_post` and `add_image`: what one has added is one's own, and everything else about it follows
from that. So code that asks for `change_post` and knows of no authors shuts them out, and does not
let them into the drafts of others.
"""

from accounts.models import User
from posts.models import Image, Post

PUBLISH = "posts.publish_post"
# What nobody can take back is for those who answer for the site as a whole.
REMOVE_FOR_GOOD = "posts.change_sitesettings"


# --- Posts ------------------------------------------------------------------------


def sees_all_posts(user: User) -> bool:
    return user.has_perm("posts.change_post") or user.has_perm("posts.view_post")


def writes_own_posts(user: User) -> bool:
    return user.has_perm("posts.add_post")


def may_publish(user: User) -> bool:
    """Whether `user` decides what readers see, and when."""
    return user.has_perm(PUBLISH)


def posts_at_desk_of(user: User):
    """The posts that `user` may look at in the admin, those in the trash too."""
    if sees_all_posts(user):
        return Post.everything.all()
    if writes_own_posts(user):
        return Post.everything.filter(bylines__user_id=user.pk)
    return Post.everything.none()


def is_own(user: User, post: Post) -> bool:
    return writes_own_posts(user) and post.bylines.filter(user_id=user.pk).exists()


def is_own_draft(user: User, post: Post) -> bool:
    """Whether `post` is by `user` and not yet in the hands of an editor, or out in the world."""
    return post.status == "draft" and is_own(user, post)


def may_restore(user: User, post: Post) -> bool:
    """Whether `user` may take `post` out of the trash; what comes back dated is published."""
    if user.has_perm("posts.delete_post"):
        return True
    return not post.published_at and is_own(user, post)


def may_remove_for_good(user: User) -> bool:
    """Whether `user` may empty the trash by hand, of what they may restore."""
    return user.has_perm(REMOVE_FOR_GOOD)


# --- Pictures ---------------------------------------------------------------------


def sees_all_images(user: User) -> bool:
    return user.has_perm("posts.change_image") or user.has_perm("posts.view_image")


def images_at_desk_of(user: User):
    """The pictures that `user` may look at in the admin and put above a post."""
    return all_images_at_desk_of(user).filter(deleted_at=None)


def all_images_at_desk_of(user: User):
    """The same, and those in the trash."""
    if sees_all_images(user):
        return Image.everything.all()
    if user.has_perm("posts.add_image"):
        return Image.everything.filter(uploaded_by_id=user.pk)
    return Image.everything.none()


def may_change_image(user: User, image: Image) -> bool:
    if user.has_perm("posts.change_image"):
        return True
    return user.has_perm("posts.add_image") and image.uploaded_by_id == user.pk
