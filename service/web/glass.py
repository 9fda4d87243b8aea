"""Who signed on the glass, and what a finger drew there as the page's script writes it."""

import re
from typing import Any

from service.authorisations.confirmations import SignatureUnfit
from service.kit.refusals import InvalidDocument

_STROKES = re.compile(r"[0-9]{1,4},[0-9]{1,4}(?:[ ;][0-9]{1,4},[0-9]{1,4}){0,2000}", re.ASCII)
"""Strokes by `;`, their points by spaces: what the page's script writes."""


class NotSigned(InvalidDocument):
    """Both have to sign."""

    code, remedy = "NOT_SIGNED", "Draw both signatures: the customer's, and yours."


def strokes_in(written: str) -> list[list[list[int]]] | None:
    """The strokes of a form's field, None where nothing was drawn; raises SignatureUnfit."""
    if not written:
        return None
    if not _STROKES.fullmatch(written):
        raise SignatureUnfit
    return [[[int(number) for number in point.split(",")] for point in stroke.split(" ")] for stroke in written.split(";")]


def signed_in(form: dict[str, str]) -> dict[str, Any]:
    """Both signatures, who signed for the customer and what came with it; raises NotSigned, SignatureUnfit."""
    signed = {name: strokes_in(form.get(name, "")) for name in ("signature", "staff_signature")}
    if None in signed.values():
        raise NotSigned
    accessories = [line.strip() for line in form.get("accessories", "").splitlines() if line.strip()]
    return {**signed, "signed_by": form.get("signed_by"), "accessories": accessories}
