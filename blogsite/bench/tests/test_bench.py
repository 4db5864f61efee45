"""The benchmark itself: that it measures, not how fast anything is."""

import json
import os
import subprocess
import sys

import pytest

from blogsite.bench import programs, report
from blogsite.bench.asking import Connection, read_head
from blogsite.bench.bare import application_of
from blogsite.bench.measures import MEASURES
from blogsite.bench.programs import Failed, Missing

needs_tools = pytest.mark.skipif(
    any(map(programs.is_missing, programs.PACKAGES)) and not os.environ.get("REQUIRE_SERVICES"),
    reason="Install wrk and nginx for these: apt-get install wrk nginx-light",
)


def bench(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "blogsite.bench", *arguments],
        cwd=programs.ROOT,
        capture_output=True,
        text=True,
    )


@needs_tools
def test_bench_measures_all_of_a_small_site(tmp_path):
    file = tmp_path / "result.json"

    done = bench("--smoke", "--folder", str(tmp_path), "--json", str(file))

    assert done.returncode == 0, done.stderr
    found = json.loads(file.read_text())["results"]
    assert list(found) == list(MEASURES)
    assert all(found.values())
    [edits] = found["edits"]
    assert (edits["stale"], edits["answers"] > 0) == (0, True)


def test_bench_says_whatis_missing(tmp_path, monkeypatch):
    monkeypatch.setitem(programs.PACKAGES, "no-such-program", "no-such-package")

    with pytest.raises(Missing, match="apt-get install no-such-package"):
        programs.find_all()


def test_server_that_ends_at_once_is_an_error():
    command = [sys.executable, "-c", "raise SystemExit(3)"]

    with pytest.raises(Failed, match="ended with 3"), programs.started(command, 1):
        pass


def test_head_is_read():
    head = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nVary: Accept-Encoding'

    assert read_head(head) == (304, {"etag": '"1"', "vary": "Accept-Encoding"})


def test_connection_reads_an_answer_to_its_end_and_asks_again(live_server):
    port = int(live_server.url.rpartition(":")[2])

    with Connection(port) as connection:
        first = connection.get("/robots.txt", Host="testserver")
        head = connection.get("/robots.txt", "HEAD", Host="testserver")
        second = connection.get("/robots.txt", Host="testserver")

    assert (first.status, head.body, second.body) == (200, b"", first.body)


def test_bare_application_returns_its_bytes():
    said = []

    content = application_of(b"page", [("Content-Length", "4")])(
        {}, lambda *args: said.append(args)
    )

    assert (list(content), said) == ([b"page"], [("200 OK", [("Content-Length", "4")])])


def test_table_lines_up_its_columns():
    rows = [{"what": "a page", "rps": 12_345}, {"what": "b", "p50 ms": 0.25}]

    assert report.table("Pages", rows).splitlines() == [
        "## Pages",
        "",
        "| what   |    rps | p50 ms |",
        "|--------|-------:|-------:|",
        "| a page | 12,345 |        |",
        "| b      |        |   0.25 |",
    ]
