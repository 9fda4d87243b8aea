"""Reads a mail as it came in: whatever its encodings, headers and markup, it becomes text, and never fails."""

import hashlib
import re
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from typing import Final

import msgspec
from bs4 import BeautifulSoup

MOST_TEXT: Final = 90_000
MOST_SUBJECT: Final = 250
MOST_ATTACHMENTS: Final = 20
MOST_ATTACHMENT_BYTES: Final = 10 << 20
MOST_IDS: Final = 50
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ID = re.compile(r"<([^<>\s]{1,900})>")
_BLOCKS = ("p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "hr")
_UNREAD = ("script", "style", "head", "title", "template", "noscript")
_BULK = {"bulk", "junk", "list", "auto_reply"}
_RUNS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"L\0\0\0\x01\x14\x02\0",
)
"""What Windows, Linux and macOS run, scripts, and Windows' links to them."""
_RUNNING_NAMES = re.compile(
    r"\.(exe|com|scr|pif|cpl|dll|msi|msix?|bat|cmd|ps1|psm1|vbs?|vbe|jse?|mjs|wsf|wsh|hta|lnk|url|reg|jar|apk|app|dmg|iso|img|vhdx?|sh|py|docm|xlsm|pptm|xll|html?|svg|xhtml)$",
    re.IGNORECASE,
)
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
)
OTHER: Final = "application/octet-stream"


class ReadAttachment(msgspec.Struct, frozen=True):
    """A file that came with a mail; without its content where it isn't kept, and then why."""

    name: str
    media_type: str
    size_bytes: int
    content: bytes | None
    refused: str | None


class ReadMail(msgspec.Struct, frozen=True):
    """What a mail says, and what it answers."""

    key: bytes
    """The same each time that it comes."""
    message_id: str | None
    answers: list[str]
    """The Message-IDs that it refers to, the nearest first."""
    sender_name: str
    sender_address: str
    subject: str
    text: str
    automatic: bool
    """No person wrote it, as far as it says itself (RFC 3834)."""
    attachments: list[ReadAttachment]


def read_mail(content: bytes, *, envelope_sender: str) -> ReadMail:
    """The mail in these bytes; what can't be decoded is replaced, what can't be read is left away."""
    message = message_from_bytes(content, policy=default)
    if not isinstance(message, EmailMessage):
        raise TypeError("the policy makes an EmailMessage")
    message_id = next(iter(_ids(message, "Message-ID")), None)
    name, address = parseaddr(_header(message, "From"))
    text, attachments = _parts(message)
    subject = clean(_header(message, "Subject"))[:MOST_SUBJECT]
    return ReadMail(
        key=mail_key(message_id) if message_id else hashlib.sha256(content).digest(),
        message_id=message_id,
        answers=(_ids(message, "In-Reply-To") + _ids(message, "References")[::-1])[:MOST_IDS],
        sender_name=clean(name)[:200],
        sender_address=clean(address if "@" in address else envelope_sender).lower()[:320],
        subject=subject,
        text=text if len(text) > 1 else subject if len(subject) > 1 else "(…)",
        automatic=_is_automatic(message, envelope_sender),
        attachments=attachments,
    )


def mail_key(message_id: str) -> bytes:
    """By what a mail is known again."""
    return hashlib.sha256(message_id.encode("utf-8", "replace")).digest()


def address_hash(address: str) -> bytes:
    """By what an address is looked up."""
    return hashlib.sha256(address.lower().encode("utf-8", "replace")).digest()


def clean(text: str) -> str:
    """The text without what nobody sees and no database takes, in one line less than it was where it was a header."""
    return _UNSEEN.sub("", text.encode("utf-8", "replace").decode()).strip()


def text_of(html: str) -> str:
    """What a reader of that markup sees, as text."""
    soup = BeautifulSoup(html, "html.parser")
    for hidden in soup(_UNREAD):
        hidden.decompose()
    for line in soup("br"):
        line.replace_with("\n")
    for block in soup(_BLOCKS):
        block.append("\n")
    lines = (" ".join(line.split()) for line in soup.get_text().split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (MessageError, ValueError, LookupError, IndexError, AttributeError):
        return ""


def _ids(message: EmailMessage, name: str) -> list[str]:
    return _ID.findall(_header(message, name))


def _is_automatic(message: EmailMessage, envelope_sender: str) -> bool:
    submitted = _header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    return (
        submitted not in {"", "no"}
        or _header(message, "Precedence").lower() in _BULK
        or bool(_header(message, "List-Id"))
        or not envelope_sender
        or message.get_content_type() == "multipart/report"
    )


def _parts(message: EmailMessage) -> tuple[str, list[ReadAttachment]]:
    plain: list[str] = []
    html: list[str] = []
    attachments: list[ReadAttachment] = []
    for part in message.walk():
        if part.is_multipart():
            continue
        kind, named = part.get_content_type(), _name_of(part)
        if named is None and kind == "text/plain":
            plain.append(_decoded(part))
        elif named is None and kind == "text/html":
            html.append(text_of(_decoded(part)))
        elif len(attachments) < MOST_ATTACHMENTS:
            attachments.append(_attachment(named or "", _bytes_of(part)))
    text = clean("\n".join(plain).replace("\r\n", "\n")) or clean("\n".join(html))
    return (text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}\n[…]"), attachments


def _name_of(part: EmailMessage) -> str | None:
    """The name of a file; None where it is the mail's own text."""
    try:
        name, disposition = part.get_filename(), part.get_content_disposition()
    except (MessageError, ValueError, LookupError, IndexError, AttributeError, TypeError):
        return ""
    return name or ("" if disposition == "attachment" else None)


def _bytes_of(part: EmailMessage) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError):
        content = None
    return content if isinstance(content, bytes) else b""


def _decoded(part: EmailMessage) -> str:
    content, charset = _bytes_of(part), part.get_content_charset() or "utf-8"
    try:
        return content.decode(charset)
    except (LookupError, ValueError):
        return content.decode("utf-8", "replace")


def _attachment(name: str, content: bytes) -> ReadAttachment:
    written = re.sub(r"[/\\]", "_", clean(" ".join(name.split())))[:200] or "?"
    kind = next((kind for magic, kind in _KINDS if content.startswith(magic)), OTHER)
    refused = (
        "too_large"
        if len(content) > MOST_ATTACHMENT_BYTES
        else "executable"
        if content.startswith(_RUNS) or _RUNNING_NAMES.search(written)
        else None
    )
    return ReadAttachment(written, kind, len(content), None if refused else content, refused)
