"""Where a program of the tests can live: a folder, a user and a port that are nobody's else."""

import os
import pwd
import random
import shutil
import socket
import tempfile
from pathlib import Path


def unprivileged() -> dict:
    """Options for subprocess with which root runs a program as somebody who may do little."""
    if os.geteuid() != 0:
        return {}
    for name in ["postgres", "nobody"]:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return {}


def folder_for(name: str) -> Path:
    """A new folder that belongs to the user of `unprivileged`. Short: sockets lie in it."""
    folder = Path(tempfile.mkdtemp(prefix=f"blogsite-{name}-"))
    if owner := unprivileged():
        shutil.chown(folder, owner["user"], owner["group"])
    return folder


def free_port() -> int:
    """A port that nobody uses, and none that the system gives to whoever connects somewhere."""
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
