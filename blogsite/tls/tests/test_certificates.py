"""The authority of one's own and its certificate, judged as a browser judges them."""

import os
import socket
import ssl
import stat
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from blogsite.tls.authority import certificate_for
from blogsite.tls.pair import Pair, Unusable, check

HOST = "blog.example.org"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "tls"


def trusts(pair, authority, name) -> bool:
    """Whether somebody who trusts `authority` believes that `pair` is `name`."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pair.certificate, pair.key)
    visitor = ssl.create_default_context(cafile=authority)
    here, there = socket.socketpair()
    threading.Thread(target=shake_hands, args=[server, there], daemon=True).start()
    with here:
        try:
            visitor.wrap_socket(here, server_hostname=name).close()
        except ssl.SSLCertVerificationError:
            return False
    return True


def shake_hands(context, connection):
    with connection, suppress(OSError):  # the visitor may not believe it
        context.wrap_socket(connection, server_side=True).recv(1)


@pytest.mark.parametrize("name", [HOST, "localhost", "127.0.0.1", "::1"])
def test_certificate_is_believed_for_each_of_its_names(folder, name):
    pair = certificate_for(HOST, folder)

    assert trusts(pair, folder / "authority.pem", name)


def test_certificate_is_believed_for_an_address_as_host(folder):
    pair = certificate_for("192.0.2.7", folder)

    assert trusts(pair, folder / "authority.pem", "192.0.2.7")


def test_certificate_is_not_believed_for_other_names(folder):
    pair = certificate_for(HOST, folder)

    assert not trusts(pair, folder / "authority.pem", "bank.example")


def test_authority_is_believed_for_its_own_names_only(folder):
    """Whoever steals its key cannot pass for somebody else with it."""
    certificate_for(HOST, folder)
    stolen = load(folder / "authority.pem"), load_key(folder / "authority.key")

    pair = make_pair(folder, "bank.example", signed_by=stolen)

    assert not trusts(pair, folder / "authority.pem", "bank.example")


def test_keys_are_for_their_owner_alone(folder):
    certificate_for(HOST, folder)

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes["authority.key"] == modes["site.key"] == 0o600
    assert set(modes) == {"authority.key", "authority.pem", "site.key", "site.pem"}


def test_second_start_changes_nothing(folder):
    certificate_for(HOST, folder)
    before = {path: path.read_bytes() for path in folder.iterdir()}

    certificate_for(HOST, folder)

    assert {path: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(("days", "is_renewed"), [(29, True), (31, False)])
def test_certificate_is_renewed_in_its_last_month(folder, days, is_renewed):
    pair = certificate_for(HOST, folder)
    authority = load(folder / "authority.pem"), load_key(folder / "authority.key")
    old = make_pair(folder, HOST, signed_by=authority, days=days)
    old.certificate.replace(pair.certificate)
    old.key.replace(pair.key)
    before = pair.certificate.read_bytes()
    trusted = (folder / "authority.pem").read_bytes()

    certificate_for(HOST, folder)

    assert (pair.certificate.read_bytes() != before) == is_renewed
    assert (folder / "authority.pem").read_bytes() == trusted


def test_another_host_gets_another_authority(folder):
    certificate_for(HOST, folder)

    pair = certificate_for("other.example.org", folder)

    assert trusts(pair, folder / "authority.pem", "other.example.org")


@pytest.mark.parametrize("name", ["authority.pem", "authority.key", "site.pem", "site.key"])
@pytest.mark.parametrize("harm", [os.unlink, lambda path: path.write_text("harmed")])
def test_harmed_file_is_made_again(folder, name, harm):
    certificate_for(HOST, folder)
    harm(folder / name)

    pair = certificate_for(HOST, folder)

    assert trusts(pair, folder / "authority.pem", HOST)


# --- A pair that was brought along ------------------------------------------------


def test_sound_pair_has_no_complaint(tmp_path):
    check(make_pair(tmp_path, HOST), HOST)
    check(make_pair(tmp_path, "*.example.org"), HOST)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"days": -1}, "ran out on "),
        ({"begins_in": 2}, "begins to hold on "),
        ({"name": "other.example"}, f"is not for {HOST}, which is SITE_URL's host, but for other"),
        ({"name": "*.blog.example.org"}, "is not for "),
    ],
)
def test_pair_that_visitors_would_not_believe_is_one_sentence(tmp_path, changes, complaint):
    pair = make_pair(tmp_path, **{"name": HOST} | changes)

    with pytest.raises(Unusable) as caught:
        check(pair, HOST)

    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("certificate", "key", "complaint"),
    [
        ("pair.pem", "other.key", "other.key is not the key of "),
        ("pair.key", "pair.key", "pair.key holds no certificate in PEM."),
        ("pair.pem", "pair.pem", "pair.pem holds no key in PEM."),
        ("none.pem", "pair.key", "none.pem: no such file"),
        ("pair.pem", "locked.key", "has a password; store it without."),
    ],
)
def test_files_that_are_no_pair_are_one_sentence(tmp_path, certificate, key, complaint):
    make_pair(tmp_path, HOST)
    (tmp_path / "other.key").write_bytes(pem_of(ec.generate_private_key(ec.SECP256R1())))
    locked = serialization.BestAvailableEncryption(b"password")
    (tmp_path / "locked.key").write_bytes(pem_of(load_key(tmp_path / "pair.key"), locked))

    with pytest.raises(Unusable) as caught:
        check(Pair(tmp_path / certificate, tmp_path / key), HOST)

    assert complaint in str(caught.value)


def test_serve_names_what_is_wrong_with_a_certificate(tmp_path):
    pair = make_pair(tmp_path, HOST, days=-1)
    command = [sys.executable, "manage.py", "serve", f"--cert={pair.certificate}"]

    done = subprocess.run(
        [*command, f"--key={pair.key}"],
        env=os.environ | {"SITE_URL": f"https://{HOST}", "VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert done.stderr.startswith(f"{pair.certificate} ran out on ")
    assert done.stderr.count("\n") == 1


def make_pair(folder, name, signed_by=None, days=90, begins_in=-2) -> Pair:
    """A certificate for `name` that holds from `begins_in` days to `days`; by itself, if by none."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Test")])
    authority, authority_key = signed_by or (None, key)
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(authority.subject if authority else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=min(begins_in, days - 1)))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    pair = Pair(folder / "pair.pem", folder / "pair.key")
    pair.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    pair.key.write_bytes(pem_of(key))
    return pair


def pem_of(key, encryption=None) -> bytes:
    encryption = encryption or serialization.NoEncryption()
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption
    )


def load(path):
    return x509.load_pem_x509_certificate(path.read_bytes())


def load_key(path):
    return serialization.load_pem_private_key(path.read_bytes(), None)
