"""How secrets are written: base64url without padding (RFC 4648, section 5)."""

import base64
import binascii


def text_of(raw: bytes) -> str:
    """The bytes as URL-safe text."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def bytes_of(text: str) -> bytes | None:
    """The bytes in the text, None where it isn't exactly what `text_of` writes."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, binascii.Error):
        return None
    return raw if text_of(raw) == text else None
