"""Reads a mail as it came in: whatever its encodings, headers and markup, it becomes text, and never fails."""

import codecs
import hashlib
import re
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy
from email.utils import parseaddr
from html import unescape
from typing import Any, Final

import msgspec

from service.kit.patterns import line_of

MOST_TEXT: Final = 90_000
MOST_SUBJECT: Final = 250
MOST_ATTACHMENTS: Final = 20
MOST_ATTACHMENT_BYTES: Final = 10 << 20
MOST_IDS: Final = 50
MOST_LINES: Final = 500_000
MOST_BORDERS: Final = 1_000
"""Lines that may divide a mail into parts: one with more of them, or nested deeper than can be followed, is read as it stands, without its files."""
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ID = re.compile(r"<([!-;=?-~]{1,900})>")
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<unread>script|style|head|title|template|noscript)\b.*?(?:</(?P=unread)\s*>|\Z)"
    r"|</?[a-z](?:(?:[^>\"']|\"[^\"]*\"|'[^']*')*+>|[^>]*+(?:>|\Z))"
    r"|<[!?/][^>]*+(?:>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
"""What a reader doesn't see of markup; whatever isn't closed goes to the end, so that no text is looked at over and over."""
_BREAK = re.compile(r"</(?:p|div|tr|li|h[1-6]|blockquote|pre|table)\b|<[bh]r\b", re.IGNORECASE)
_BLOCK = re.compile(r"<(?:p|div|t[rdh]|li|h[1-6]|blockquote|pre|table)\b", re.IGNORECASE)
UNREADABLE = (MessageError, ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError)
"""What reading a stranger's header or parts may raise."""
_CONTENT = re.compile(rb"^content-[^\n]*\n(?:[ \t][^\n]*\n)*", re.IGNORECASE | re.MULTILINE)
_SLOW_CHARSETS = {"punycode", "idna"}
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


class CameBack(msgspec.Struct, frozen=True):
    """What a delivery report (RFC 3464) says of a mail that didn't arrive, or not yet."""

    recipient: str
    reason: str
    """Its status, and what the other server said."""


class ReadMail(msgspec.Struct, frozen=True):
    """What a mail says, and what it answers."""

    key: bytes
    """Of what it calls itself, or else of all of it."""
    content_key: bytes
    """Of who says what in it: the same each time that it comes, whichever way it took."""
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
    came_back: CameBack | None


class _Briefly(EmailPolicy):
    """Cuts headers before anybody parses them, which takes as long as their length squared."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[: 1_000 if name.lower().startswith("content-") else 4_000]


_POLICY = _Briefly()


def read_mail(content: bytes, *, envelope_sender: str) -> ReadMail:
    """The mail in these bytes; what can't be decoded is replaced, what can't be read is left away."""
    message = parsed(content)
    if message is not None:
        try:
            return _read(message, content, *_parts(message), envelope_sender=envelope_sender)
        except UNREADABLE:
            pass
    head, _, body = content.replace(b"\r\n", b"\n").partition(b"\n\n")
    message = parsed(_CONTENT.sub(b"", head[:100_000] + b"\n")) or EmailMessage()
    return _read(message, content, _shortened(clean(body[: 4 * MOST_TEXT].decode("utf-8", "replace"))), [], envelope_sender=envelope_sender)


def parsed(content: bytes) -> EmailMessage | None:
    """A mail with its parts; None where there are more of them than can be followed."""
    if content.count(b"\n--") > MOST_BORDERS or content.count(b"\n") > MOST_LINES:
        return None
    try:
        message: Any = message_from_bytes(content, policy=_POLICY)
    except UNREADABLE:
        return None
    return message if isinstance(message, EmailMessage) else None


def _read(message: EmailMessage, content: bytes, text: str, attachments: list[ReadAttachment], *, envelope_sender: str) -> ReadMail:
    message_id = next(iter(_ids(message, "Message-ID")), None)
    name, address = parseaddr(_header(message, "From"))
    sender = clean(address if "@" in address else envelope_sender).lower()[:320]
    subject = clean(_header(message, "Subject"))[:MOST_SUBJECT]
    return ReadMail(
        key=mail_key(message_id) if message_id else hashlib.sha256(content).digest(),
        content_key=hashlib.sha256("\n".join([sender, subject, text, *map(_told, attachments)]).encode("utf-8", "replace")).digest(),
        message_id=message_id,
        answers=(_ids(message, "In-Reply-To") + _ids(message, "References")[::-1])[:MOST_IDS],
        sender_name=line_of(clean(name))[:200],
        sender_address=sender,
        subject=subject,
        text=text if len(text) > 1 else subject if len(subject) > 1 else "(…)",
        automatic=_is_automatic(message, envelope_sender),
        attachments=attachments,
        came_back=_came_back(message),
    )


def _came_back(message: EmailMessage) -> CameBack | None:
    """Of the first recipient whom it names; None where it reports of none."""
    try:
        blocks = [block for part in message.walk() if part.get_content_type() == "message/delivery-status" for block in part.iter_parts()]
        block = next((one for one in blocks if str(one.get("Action", "")).strip().lower() in {"failed", "delayed"}), None)
    except UNREADABLE:
        return None
    if block is None:
        return None
    whom = _after_type(_header(block, "Original-Recipient") or _header(block, "Final-Recipient"))
    said = [_header(block, "Status"), _after_type(_header(block, "Diagnostic-Code"))]
    return CameBack(line_of(clean(whom))[:320], line_of(clean(" ".join(one for one in said if one)))[:500])


def _after_type(said: str) -> str:
    """What stands behind `rfc822;` or `smtp;`."""
    return said.partition(";")[2].strip() or said


def _told(file: ReadAttachment) -> str:
    return f"{file.name} {file.size_bytes} {hashlib.sha256(file.content or b'').hexdigest()}"


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
    seen = _MARKUP.sub(lambda tag: "\n" if _BREAK.match(tag[0]) else " " if _BLOCK.match(tag[0]) else "", html)
    lines = (" ".join(line.split()) for line in unescape(seen).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _header(message: MIMEPart, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except UNREADABLE:
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
    return _shortened(text), attachments


def _shortened(text: str) -> str:
    return text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}\n[…]"


def _name_of(part: EmailMessage) -> str | None:
    """The name of a file; None where it is the mail's own text."""
    try:
        name, disposition = part.get_filename(), part.get_content_disposition()
    except UNREADABLE:
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
        return content.decode("utf-8" if codecs.lookup(charset).name in _SLOW_CHARSETS else charset)
    except (LookupError, ValueError):
        return content.decode("utf-8", "replace")


def _attachment(name: str, content: bytes) -> ReadAttachment:
    written = re.sub(r"[/\\]", "_", clean(" ".join(name.split())))[:200] or "?"
    kind = next((kind for magic, kind in _KINDS if content.startswith(magic)), OTHER)
    refused = (
        "too_large"
        if len(content) > MOST_ATTACHMENT_BYTES
        else "executable"
        if content.startswith(_RUNS) or _RUNNING_NAMES.search(written.rstrip(". "))  # Windows leaves those away
        else None
    )
    return ReadAttachment(written, kind, len(content), None if refused else content, refused)
