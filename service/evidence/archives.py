"""The archive itself: a ZIP of uncompressed files whose bytes follow from their content alone, so that it can be written again and compared."""

import io
import zipfile
from collections.abc import Mapping

MOST_BYTES = 64 * 1024 * 1024


class NotAnArchive(Exception):
    """These bytes aren't an archive as it is written here; the message says why."""


def written(members: Mapping[str, bytes]) -> bytes:
    """The files in their order. Uncompressed: what a compressor makes of them differs from release to release."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as file:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16
            file.writestr(info, content)
    return archive.getvalue()


def read(content: bytes) -> dict[str, bytes]:
    """The files of an archive that is byte for byte as `written` writes it; raises NotAnArchive."""
    if len(content) > MOST_BYTES:
        raise NotAnArchive("it is larger than any evidence pack")
    members = _unpacked(content)
    if written(members) != content:
        raise NotAnArchive("some byte of the container differs from how it was written")
    return members


def _unpacked(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            infos = file.infolist()
            stored = all(info.compress_type == zipfile.ZIP_STORED and info.file_size <= len(content) for info in infos)
            members = {info.filename: file.read(info) for info in infos} if stored else {}
    except Exception as error:  # noqa: BLE001 — zipfile has no one error for what isn't a ZIP: struct.error, OverflowError and others
        raise NotAnArchive(f"it can't be read as a ZIP archive ({type(error).__name__})") from None
    if not stored:
        raise NotAnArchive("its files are compressed: it was packed anew")
    return members
