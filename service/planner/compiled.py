"""Compiled by numba, once a machine and a state of the source.

What it makes is kept in a folder that is named by the source of the whole package, since numba itself doesn't see that a function changed in
another file: beside the source, or in the user's cache, or in a temporary folder of the user's own where neither can be written; what an
image brought along in the user's cache is copied there.

`_nrt=False` leaves out numba's counting of references: nothing here makes an array, and counting each array of a tuple at each call costs twelve
times the work itself.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])


def _folder() -> Path | None:
    """A folder of nobody else's: what is in it is run."""
    here = Path(__file__).parent
    name = sha256(b"\0".join(file.read_bytes() for file in sorted(here.glob("*.py")))).hexdigest()[:16]
    mine, made = f"sayso-{os.getuid()}", None
    for base in (here / "__pycache__" / "compiled", Path.home() / ".cache" / "sayso" / "compiled", Path(tempfile.gettempdir()) / mine):
        try:
            base.mkdir(mode=0o700, parents=True, exist_ok=True)
            (base / name).mkdir(exist_ok=True)
        except OSError:
            continue
        if base.stat().st_uid == os.getuid() and not base.is_symlink() and os.access(base / name, os.W_OK):
            for old in base.iterdir():
                if old.name != name:
                    shutil.rmtree(old, ignore_errors=True)
            if made is not None:
                shutil.copytree(made, base / name, dirs_exist_ok=True)
            return base / name
        if base.stat().st_uid == os.getuid():
            made = base / name  # compiled as an image was built that can't be written now
    return None


FOLDER = _folder()
if FOLDER is not None:
    settings: Any = numba.config
    settings.CACHE_DIR = f"{FOLDER}"


def compiled(function: Function) -> Function:
    """The same function, fast."""
    return _compiled(function)


def inlined(function: Function) -> Function:
    """The same, written out wherever it is called."""
    return _compiled(function, forceinline=True)


def _compiled(function: Function, **options: Any) -> Function:
    make: Any = numba.njit
    return cast("Function", make(cache=FOLDER is not None, _nrt=False, **options)(function))
