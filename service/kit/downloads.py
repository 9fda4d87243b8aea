"""Files that strangers sent, handed to people: to be saved, never shown or run by a browser."""

from urllib.parse import quote


def as_download(name: str) -> dict[str, str]:
    """The headers of such a file; its name is encoded (RFC 6266), so that it can't end its header or begin another."""
    return {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
