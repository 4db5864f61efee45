"""A certificate authority of this machine's own, and the certificate it gives the site.

For the time before a public authority can know the site: at one's desk, or in a network of one's
own. Whoever is to trust the site trusts the authority, once. Its key can do no harm elsewhere:
the authority is bound to the names of this site.
"""

import os
import socket
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from blogsite.tls.pair import Pair, Unusable, load

AUTHORITY_DAYS = 3650
SITE_DAYS = 397  # browsers refuse certificates that hold longer
RENEWED_DAYS = 30  # before it runs out, by the next start or SIGHUP
SLOW_CLOCK = timedelta(hours=1)  # of whoever checks
LOOPBACK = ["127.0.0.0/8", "::1/128"]
LOCAL_NAMES = ["localhost", "127.0.0.1", "::1"]


@dataclass(frozen=True)
class Paths:
    """Where they lie: four files in one folder, the keys for the owner alone."""

    folder: Path

    @property
    def authority(self) -> Pair:
        return Pair(self.folder / "authority.pem", self.folder / "authority.key")

    @property
    def site(self) -> Pair:
        return Pair(self.folder / "site.pem", self.folder / "site.key")


def certificate_for(host: str, folder: Path) -> Pair:
    """The site's certificate, for `host` and this machine, made anew where it has to be.

    Raises OSError where `folder` cannot be written.
    """
    paths = Paths(folder)
    folder.mkdir(parents=True, exist_ok=True)
    names = [*LOCAL_NAMES, host, socket.gethostname().lower()]
    # It must hold for longer than what it signs.
    if not _is_good(paths.authority, host, SITE_DAYS, _permits):
        _make_authority(paths.authority, names)
        _make_certificate(paths, names)
    elif not _is_good(paths.site, host, RENEWED_DAYS, _covers) or not _is_signed(paths):
        _make_certificate(paths, names)
    return paths.site


def _is_good(pair: Pair, host: str, least_days: int, suits) -> bool:
    try:
        certificate, _key = load(pair)
    except Unusable:
        return False
    left = certificate.not_valid_after_utc - datetime.now(UTC)
    return left > timedelta(days=least_days) and suits(certificate, host)


def _is_signed(paths: Paths) -> bool:
    authority, _key = load(paths.authority)
    certificate, _key = load(paths.site)
    try:
        certificate.verify_directly_issued_by(authority)
    except Exception:  # whatever is wrong with it, another is made
        return False
    return True


def _covers(certificate: x509.Certificate, host: str) -> bool:
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return _general_name(host) in names


def _permits(authority: x509.Certificate, host: str) -> bool:
    """Whether the authority may speak for `host`, which it must have known when it was made."""
    bound = authority.extensions.get_extension_for_class(x509.NameConstraints).value
    return _constraint(host) in bound.permitted_subtrees or host in LOCAL_NAMES


def _make_authority(pair: Pair, names: list[str]) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, f"Blogsite authority of {_machine()}"[:64])]
    )
    constraints = [_constraint(each) for each in names if _is_name(each)]
    constraints += [x509.IPAddress(ip_network(each)) for each in LOOPBACK]
    certificate = (
        _started(name, name, key.public_key(), AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(list(dict.fromkeys(constraints)), None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write(pair, key, certificate)


def _make_certificate(paths: Paths, names: list[str]) -> None:
    authority, authority_key = load(paths.authority)
    key = ec.generate_private_key(ec.SECP256R1())
    known = [name for name in dict.fromkeys(names) if _permits(authority, name)]
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Blogsite")])
    certificate = (
        _started(subject, authority.subject, key.public_key(), SITE_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.SubjectAlternativeName([_general_name(name) for name in known]), critical=False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()),
            critical=False,
        )
        .sign(authority_key, hashes.SHA256())
    )
    _write(paths.site, key, certificate)


def _started(subject, issuer, public_key, days: int) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SLOW_CLOCK)
        .not_valid_after(now - SLOW_CLOCK + timedelta(days=days))
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _machine() -> str:
    return socket.gethostname() or "this machine"


def _is_name(name: str) -> bool:
    """Whether a certificate can hold it; machines are called in stranger ways."""
    try:
        _general_name(name)
    except ValueError:
        return False
    return bool(name) and name not in LOCAL_NAMES[1:]


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _constraint(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_network(name))
    except ValueError:
        return x509.DNSName(name)


def _write(pair: Pair, key, certificate: x509.Certificate) -> None:
    """The key first: a certificate without its key is made again at the next start."""
    _replace(
        pair.key,
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
        0o600,
    )
    _replace(pair.certificate, certificate.public_bytes(serialization.Encoding.PEM), 0o644)


def _replace(path: Path, content: bytes, mode: int) -> None:
    """Write a file that is complete and has its rights from its first moment."""
    draft = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with open(descriptor, "wb") as file:
        file.write(content)
    draft.replace(path)
