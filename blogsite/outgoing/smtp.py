"""Handing a mail to a mail server, with an eye on the moment that cannot be taken back."""

import smtplib
import ssl
from collections.abc import Callable

from django.conf import settings

from blogsite.outgoing import addresses
from blogsite.outgoing.composing import compose, sender
from blogsite.outgoing.models import Message
from blogsite.outgoing.outcomes import NoAnswer, NotNow, Refused

CONNECT_SECONDS = 30
# RFC 5321 4.5.3.2 would wait five minutes; a server that is so slow is tried again later.
ANSWER_SECONDS = 60
# This one in full: who hangs up now has the mail taken and counted as not taken.
LAST_ANSWER_SECONDS = 10 * 60

END_OF_MAIL = b".\r\n"
DEFAULT_PORTS = {"plain": 25, "tls": 587, "ssl": 465}
TOO_LARGE = {523, 552}  # the only refusals of a sender that are about this very mail


def hand_over(message: Message, before_last_byte: Callable[[], None]) -> None:
    """Send one mail by EMAIL_URL. Raises Refused, NotNow or NoAnswer."""
    try:
        client = connected()
    except smtplib.SMTPResponseException as error:
        raise NotNow(said("The mail server refused the connection", error)) from error
    except (smtplib.SMTPException, OSError) as error:
        raise NotNow(f"The mail server cannot be reached: {error}") from error
    try:
        transact(client, message, before_last_byte)
    finally:
        client.close()


def connected() -> "Client":
    """A connection that is ready for a mail: encrypted and signed in, as EMAIL_URL says."""
    kind = encryption()
    port = settings.EMAIL_PORT or DEFAULT_PORTS[kind]
    name = addresses.ascii_domain(settings.SITE_HOST)
    options = {"local_hostname": name, "timeout": CONNECT_SECONDS}
    if kind == "ssl":
        options["context"] = ssl.create_default_context()
    client = (SecureClient if kind == "ssl" else Client)(settings.EMAIL_HOST, port, **options)
    try:
        client.sock.settimeout(ANSWER_SECONDS)
        client.ehlo_or_helo_if_needed()
        if kind == "tls":
            client.starttls(context=ssl.create_default_context())
            client.ehlo_or_helo_if_needed()
        if settings.EMAIL_HOST_USER:
            client.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD or "")
    except BaseException:
        client.close()
        raise
    return client


def encryption() -> str:
    if getattr(settings, "EMAIL_USE_SSL", False):
        return "ssl"
    return "tls" if getattr(settings, "EMAIL_USE_TLS", False) else "plain"


def transact(client: "Client", message: Message, before_last_byte: Callable[[], None]) -> None:
    """MAIL, RCPT, DATA, the mail, and the byte after which there is no way back."""
    to, options = addresses.on_the_wire(message.to), []
    if not to.isascii():
        if not client.has_extn("smtputf8"):
            raise Refused("The mail server takes only addresses in plain Latin letters.")
        options = ["SMTPUTF8", "BODY=8BITMIME"]
        client.command_encoding = "utf-8"
    content = compose(message)
    if client.has_extn("size"):
        options.append(f"size={len(content)}")
    try:
        expect(client.mail(sender(), options), "The mail server refused the sender", TOO_LARGE)
        expect(client.rcpt(to), "The mail server refused the address")
        expect(client.begin_data(), "The mail server refused the mail")
        client.write(content)
    except (smtplib.SMTPException, OSError) as error:
        raise NotNow(f"The connection to the mail server broke: {error}") from error
    before_last_byte()
    try:
        answer = client.finish()
    except (smtplib.SMTPException, OSError) as error:
        raise NoAnswer(f"The mail server took the mail and then fell silent: {error}") from error
    expect(answer, "The mail server refused the mail")
    client.leave()


def expect(answer: tuple[int, bytes], refusal: str, final: set[int] | None = None) -> None:
    """Raise unless the answer is a yes; a 5xx is final, or only those of `final`."""
    code, words = answer
    if 200 <= code <= 399:
        return
    sentence = f"{refusal}: {code} {printable(words)}"
    is_final = 500 <= code <= 599 if final is None else code in final
    raise Refused(sentence) if is_final else NotNow(sentence)


def said(sentence: str, error: smtplib.SMTPResponseException) -> str:
    return f"{sentence}: {error.smtp_code} {printable(error.smtp_error)}"


def printable(words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return addresses.one_line(text)


class Client(smtplib.SMTP):
    """Python's client, with the sending of a mail taken apart around its last byte."""

    def begin_data(self) -> tuple[int, bytes]:
        return self.docmd("DATA")

    def write(self, content: bytes) -> None:
        """Send the mail, all but the line of one dot that ends it."""
        # A dot at the start of a line is doubled, or it would end the mail: RFC 5321 4.5.2.
        stuffed = content.replace(b"\r\n.", b"\r\n..")
        self.send(stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n")

    def finish(self) -> tuple[int, bytes]:
        """Send the dot, and wait for the answer."""
        # Without a timeout Python does not first ask whether it may write: one call to the system.
        self.sock.settimeout(None)
        self.sock.sendall(END_OF_MAIL)
        self.sock.settimeout(LAST_ANSWER_SECONDS)
        return self.getreply()

    def leave(self) -> None:
        """Say goodbye; the mail has gone, so whatever happens now does not matter."""
        try:
            self.sock.settimeout(5)
            self.docmd("QUIT")
        except (smtplib.SMTPException, OSError):
            pass


class SecureClient(Client, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""
