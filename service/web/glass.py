"""What a finger drew on the glass, as the page's script writes it."""

import re

from service.authorisations.confirmations import SignatureUnfit

_STROKES = re.compile(r"[0-9]{1,4},[0-9]{1,4}(?:[ ;][0-9]{1,4},[0-9]{1,4}){0,2000}", re.ASCII)
"""Strokes by `;`, their points by spaces: what the page's script writes."""


def strokes_in(written: str) -> list[list[list[int]]] | None:
    """The strokes of a form's field, None where nothing was drawn; raises SignatureUnfit."""
    if not written:
        return None
    if not _STROKES.fullmatch(written):
        raise SignatureUnfit
    return [[[int(number) for number in point.split(",")] for point in stroke.split(" ")] for stroke in written.split(";")]
