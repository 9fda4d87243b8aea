"""The archive itself: a ZIP of uncompressed files whose bytes follow from their content alone, so that it can be written again and compared."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

MOST_BYTES = 32 * 1024 * 1024
"""Of a pack: nothing larger is written, nothing larger is read."""
_END = struct.Struct("<4s4H2LH")
"""A ZIP's last record where it has no comment: signature, four counts, size and place of the directory, length of the comment."""


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


def read(content: bytes, *, names: Sequence[str]) -> dict[str, bytes]:
    """The files of an archive that is byte for byte as `written` writes those of these names; raises NotAnArchive."""
    if len(content) > MOST_BYTES:
        raise NotAnArchive("it is larger than any evidence pack")
    members = _unpacked(content, names)
    if written(members) != content:
        raise NotAnArchive("some byte of the container differs from how it was written")
    return members


def _unpacked(content: bytes, names: Sequence[str]) -> dict[str, bytes]:
    _require_small_directory(content, names)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            infos = file.infolist()
            unfit = _unfit(infos, names, size=len(content))
            members = {} if unfit else {info.filename: file.read(info) for info in infos}
    except Exception as error:  # noqa: BLE001 — zipfile has no one error for what isn't a ZIP: struct.error, OverflowError and others
        raise NotAnArchive(f"it can't be read as a ZIP archive ({type(error).__name__})") from None
    if unfit:
        raise NotAnArchive(unfit)
    return members


def _unfit(infos: list[zipfile.ZipInfo], names: Sequence[str], *, size: int) -> str | None:
    """Why files aren't read at all, by what the directory says of them."""
    if [info.filename for info in infos] != list(names):
        return "its files aren't those of an evidence pack, in their order"
    if any(info.compress_type != zipfile.ZIP_STORED for info in infos):
        return "its files are compressed: it was packed anew"
    if sum(info.file_size for info in infos) > size:
        return "its files lie in one another: they come to more than the whole"
    return None


def _require_small_directory(content: bytes, names: Sequence[str]) -> None:
    """A directory of a million entries would be read whole before its names can be looked at."""
    if len(content) < _END.size:
        raise NotAnArchive("it can't be read as a ZIP archive (too short)")
    signature, *_, entries, size, place, comment = _END.unpack(content[-_END.size :])
    if (
        (signature, entries, comment) != (b"PK\x05\x06", len(names), 0)
        or place + size + _END.size != len(content)
        or size > 256 * len(names)
    ):
        raise NotAnArchive("it can't be read as a ZIP archive of these files")
