"""More than anybody needs to send."""

import socket
from pathlib import Path

import pytest

from blogsite.tests.attacks.walking import watched

MB = 2**20
MOST_GROWTH = 60 * MB  # of one worker, over all of these


def memory_of(site) -> int:
    """Bytes that the processes which answer requests hold."""
    total = 0
    for pid in site.processes("web"):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                total += int(line.split()[1]) * 1024
    return total


def files_of(site) -> set:
    return {path for path in site.folder.rglob("*") if "static" not in path.parts}


@pytest.mark.parametrize("path", ["/markdownx/upload/", "/account/login/", "/comments/preview/"])
def test_gigabyte_is_refused_by_its_length(served, path):
    before = memory_of(served)
    host = f"127.0.0.1:{served.port}"

    answer = served.say(
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {2**30}", b"x" * MB
    )

    assert answer == "" or answer.split()[1] in {"413", "403"}
    assert memory_of(served) - before < MOST_GROWTH
    assert served.status_of("/") == 200


@pytest.mark.parametrize("how", [f"Content-Length: {60 * MB}", "Transfer-Encoding: chunked"])
def test_upload_that_is_sent_to_its_end_gets_the_answer(served, how):
    """Hung up on while it sends, a browser or proxy would show a broken connection."""
    piece = b"x" * MB if "Length" in how else b"%x\r\n" % MB + b"x" * MB + b"\r\n"
    head = f"POST /comments/preview/ HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n{how}\r\n\r\n"

    with socket.create_connection(("127.0.0.1", served.port), timeout=60) as connection:
        connection.sendall(head.encode())
        for _number in range(60):
            connection.sendall(piece)
        answer = connection.recv(100).decode()

    assert answer.startswith("HTTP/1.1 413")


def test_endless_body_without_a_length_is_not_kept(served):
    before, files = memory_of(served), files_of(served)
    piece = b"%x\r\n" % MB + b"x" * MB + b"\r\n"
    head = (
        f"POST /markdownx/upload/ HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n"
        "Content-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\n"
    )

    with socket.create_connection(("127.0.0.1", served.port), timeout=60) as connection:
        connection.sendall(head.encode())
        try:
            for _number in range(200):
                connection.sendall(piece)
        except OSError:
            pass  # hung up, or nobody reads any more
        growth = memory_of(served) - before

    assert growth < MOST_GROWTH
    assert files_of(served) == files
    assert served.status_of("/") == 200


@pytest.mark.parametrize("size", [100_000, 2_000_000])
def test_endless_headers_are_refused(served, size):
    answer = served.say(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nX-Long: {'x' * size}")

    assert answer == "" or answer.split()[1] in {"200", "400", "431"}
    assert served.status_of("/") == 200


def test_thousands_of_headers_are_refused(served):
    lines = "\r\n".join(f"X-{number}: x" for number in range(5_000))

    answer = served.say(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n{lines}")

    assert answer == "" or answer.split()[1] in {"400", "431"}
    assert served.status_of("/") == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/account/login/", "/markdownx/markdownify/", "/post/post/comments/"]
)
def test_ten_thousand_fields_are_refused(client, world, path):
    client.force_login(world.administrator)
    body = "&".join(f"f{number}=x" for number in range(10_000))

    with watched() as written:
        answer = client.post(path, body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 400
    assert written == []


@pytest.mark.django_db
def test_thousand_files_are_refused(client, world, media_folder):
    client.force_login(world.administrator)
    before = set(media_folder.rglob("*"))
    part = '--b\r\nContent-Disposition: form-data; name="image{0}"; filename="{0}.png"\r\n\r\nx\r\n'
    body = "".join(part.format(number) for number in range(1_000)) + "--b--\r\n"

    answer = client.post(
        "/markdownx/upload/", body.encode(), content_type="multipart/form-data; boundary=b"
    )

    assert answer.status_code == 400
    assert set(media_folder.rglob("*")) == before


@pytest.mark.django_db
def test_great_json_is_refused(client, world, settings):
    client.force_login(world.administrator)
    body = b"[" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 10)

    for path in ["/markdownx/markdownify/", "/account/login/", "/csp-report/"]:
        answer = client.post(path, body, content_type="application/json")
        assert answer.status_code < 500, path
