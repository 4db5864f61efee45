"""All that is kept about one person, as a file for that person; see docs/your-data.md.

Apps above add what they keep, as they load:

    personal_data.PARTS.append(comments_of)
    personal_data.FILES.append(posts_of)
"""

from collections.abc import Callable, Iterable
from typing import BinaryIO

from accounts.models import User

# Gives a name and what is kept under it: anything that JSON can say, or an iterator of such things
# where there may be many. Nothing in it may be about anybody else.
Part = Callable[[User], tuple[str, object]]
PARTS: list[Part] = []

# Gives files as a path within the archive and what opens the file.
Files = Callable[[User], Iterable[tuple[str, Callable[[], BinaryIO]]]]
FILES: list[Files] = []
