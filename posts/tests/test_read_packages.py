"""Folders and zips of exports: what may be read, and what is refused before."""

import os
import struct
import warnings
import zipfile

import pytest

from posts.importers.archives import packages
from posts.importers.archives.packages import open_package
from posts.importers.archives.records import ArchiveRefusedError


def make_zip(path, files: dict) -> None:
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        warnings.simplefilter("ignore")  # about names that stand there twice
        for name, content in files.items():
            file.writestr(name, content)


def test_zip_lists_and_reads_its_files(tmp_path):
    path = tmp_path / "export.zip"
    make_zip(path, {"a/": "", "a/posts.csv": "x", "__MACOSX/a/._posts.csv": "y", "b\\c.txt": "z"})

    package = open_package(path)

    assert package.names == ["a/posts.csv", "b/c.txt"]
    assert package.ending("posts.csv") == ["a/posts.csv"]
    assert [package.read(name, limit=5) for name in package.names] == [b"x", b"z"]


def test_folder_lists_regular_files_alone(tmp_path):
    folder = tmp_path / "export"
    (folder / "posts").mkdir(parents=True)
    (folder / "posts" / "a.html").write_text("x")
    (folder / "leads-out").symlink_to("/etc/passwd")
    (folder / "folder").symlink_to("/etc")
    os.mkfifo(folder / "pipe")

    package = open_package(folder)

    assert package.names == ["posts/a.html"]
    assert package.read("posts/a.html", limit=5) == b"x"


def test_folder_does_not_follow_a_link_put_there_later(tmp_path):
    (tmp_path / "a").write_text("x")
    package = open_package(tmp_path)
    (tmp_path / "a").unlink()
    (tmp_path / "a").symlink_to("/etc/passwd")

    with pytest.raises(ArchiveRefusedError):
        package.open("a")


@pytest.mark.parametrize(
    "name", ["../a", "a/../../b", "/etc/passwd", "C:\\a", "a\\..\\..\\b", "..", "c:b"]
)
def test_zip_with_a_name_that_leads_out_is_refused(tmp_path, name):
    make_zip(tmp_path / "a.zip", {"good": "x", name: "y"})

    with pytest.raises(ArchiveRefusedError, match="leads out"):
        open_package(tmp_path / "a.zip")


def test_zip_with_a_link_is_refused(tmp_path):
    link = zipfile.ZipInfo("posts")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        file.writestr(link, "/etc")

    with pytest.raises(ArchiveRefusedError, match="link"):
        open_package(tmp_path / "a.zip")


def test_zip_with_a_password_is_refused(tmp_path):
    path = tmp_path / "a.zip"
    make_zip(path, {"a": "x"})
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)

    with pytest.raises(ArchiveRefusedError, match="password"):
        open_package(path)


def test_bomb_is_refused_before_it_is_read(tmp_path):
    make_zip(tmp_path / "a.zip", {"a": bytes(packages.SMALL * 2)})

    with pytest.raises(ArchiveRefusedError, match="far more"):
        open_package(tmp_path / "a.zip")


def test_entries_that_share_their_bytes_are_refused_by_their_sum(tmp_path):
    """Each entry is below any bound of its own; the table of contents names one a thousand times."""
    path = tmp_path / "a.zip"
    make_zip(path, {"a": bytes(1_000_000)})
    data = path.read_bytes()
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    table = data[start:end] * 1000
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1000, 1000, len(table), start, 0)
    path.write_bytes(data[:start] + table + tail)

    with pytest.raises(ArchiveRefusedError, match="far more"):
        open_package(path)


def test_table_of_contents_of_hundreds_of_megabytes_is_not_read(tmp_path):
    path = tmp_path / "a.zip"
    size = packages.MAX_DIRECTORY + 1
    with path.open("wb") as file:
        file.truncate(size)  # a hole: it takes no room on the disk
        file.seek(size)
        file.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, size, 0, 0))

    with pytest.raises(ArchiveRefusedError, match="too many files"):
        open_package(path)


@pytest.mark.parametrize("at", [40, 60, 200])
def test_damaged_file_in_a_zip_is_told(tmp_path, at):
    path = tmp_path / "a.zip"
    make_zip(path, {"a": os.urandom(1000)})
    data = bytearray(path.read_bytes())
    data[at : at + 8] = bytes(byte ^ 0xFF for byte in data[at : at + 8])
    path.write_bytes(data)

    with pytest.raises(ArchiveRefusedError, match="damaged"):
        open_package(path).read("a", limit=2000)


def test_file_larger_than_asked_for_is_refused(tmp_path):
    (tmp_path / "a").write_bytes(bytes(11))

    with pytest.raises(ArchiveRefusedError, match="too large"):
        open_package(tmp_path).read("a", limit=10)


def test_anything_else_is_no_package(tmp_path):
    (tmp_path / "a.zip").write_text("no zip")

    with pytest.raises(ArchiveRefusedError, match="neither"):
        open_package(tmp_path / "a.zip")
    with pytest.raises(ArchiveRefusedError, match="neither"):
        open_package(tmp_path / "missing")
