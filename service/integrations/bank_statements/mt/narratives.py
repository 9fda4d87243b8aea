"""Field :86:, who paid for what, in the dialects that banks write it; what is in none of them is kept as text."""

import re
from typing import Final

from service.integrations.bank_statements.mt.accounts import like_an_iban
from service.integrations.bank_statements.mt.german import german_of
from service.integrations.bank_statements.mt.said import Narrative
from service.integrations.bank_statements.texts import clean, clean_lines, clean_or_none, provided

WIDTH: Final = 65
"""Letters of a line, after which a text is cut wherever it is."""
_STRUCTURED: Final = re.compile(r" ?([0-9]{3})([?<>~^!#|@*])(?=[0-9]{2})", re.ASCII)
_SLASHED: Final = (
    "EREF", "MARF", "CSID", "BENM", "ORDP", "REMI", "TRTP", "IBAN", "BIC", "NAME", "CNTP", "ULTB", "ULTD", "ULTC", "RTRN", "PREF", "CREF", "TRCD",
    "SVCL", "PURP", "ISDT", "ADDR", "ID", "ACCW", "EXCH", "CHGS", "OCMT", "IACC", "BUSP", "NRTX", "RTYP", "INID",
)  # fmt: skip
_SLASH: Final = re.compile(rf"/({'|'.join(_SLASHED)})/", re.ASCII)
_POLISH: Final = re.compile(r"(?:^|; *|\s)(ID IPH|Z RACH\.|NA RACH\.|OD|DLA|TYT\.|TNR): *", re.ASCII)
_REKENING: Final = re.compile(r"REK: *([A-Z0-9]{5,34})/NAAM: *(.+)", re.ASCII)


def narrative_of(lines: list[str]) -> Narrative:
    """What it says, in whichever dialect."""
    filled = [line for line in lines if line.strip()]
    if not filled:
        return Narrative()
    if (match := _STRUCTURED.match(filled[0])) is not None:
        return german_of(joined(filled), code=match[1], mark=match[2], at=match.end(1))
    whole = joined(filled)
    if _SLASH.match(whole):
        return _slashed("".join(filled))
    if len(_POLISH.findall(whole)) > 2:
        return _polish(whole)
    return _plain(filled)


def joined(lines: list[str]) -> str:
    """Lines that were cut at their full width put together again; a blank that ended one got lost on its way."""
    text = ""
    for line in lines:
        text += line + (" " if len(line) == WIDTH - 1 else "")
    return text


def _slashed(text: str) -> Narrative:
    """`/EREF/…/BENM//NAME/…/REMI/…`: codes between slashes, as banks of the Netherlands and MT103 write them."""
    parts = _SLASH.split(text)[1:]
    said = Narrative()
    lines: list[str] = []
    told: list[tuple[str, str]] = []
    ultimate = False
    for code, raw in zip(parts[::2], parts[1::2], strict=True):
        value = clean_or_none(raw.strip("/"))
        if code in _ABOUT:
            ultimate = code.startswith("ULT")
        if value is None:
            continue
        if code == "REMI":
            _remitted(said, raw, lines)
        elif code == "CNTP":
            said.account, said.bank, said.name = [*(clean_or_none(one) for one in raw.split("/")), None, None, None][:3]
        elif (meant := "ultimate" if code == "NAME" and ultimate else _MEANT.get(code)) is not None:
            setattr(said, meant, value.replace(" ", "") if code == "IBAN" else value)
        elif code not in _ABOUT:
            told.append((_KINDS.get(code, code.lower()), value))
    said.end_to_end_id = provided(said.end_to_end_id)
    said.remittance = clean_lines(lines)
    said.references = tuple(told)
    return said


_ABOUT: Final = {"BENM", "ORDP", "ULTB", "ULTD", "ULTC"}
_MEANT: Final = {
    "EREF": "end_to_end_id", "MARF": "mandate_id", "NAME": "name", "IBAN": "account", "BIC": "bank", "RTRN": "return_reason", "TRTP": "booking_text",
}  # fmt: skip
_KINDS: Final = {
    "CSID": "creditor_id",
    "PREF": "payment_information",
    "CREF": "customer",
    "TRCD": "code",
    "CHGS": "charges",
    "OCMT": "instructed",
}


def _remitted(said: Narrative, raw: str, lines: list[str]) -> None:
    """`STRD/CUR/…` is a reference for the creditor, everything else words."""
    if (structured := re.match(r"(?:/)?STRD/(?:CUR|ISO|SCOR)?/?([A-Z0-9 ]{2,35})", raw)) is not None:
        said.creditor_reference = structured[1].strip()
        return
    lines.append(raw.strip("/").removeprefix("USTD//"))


def _polish(text: str) -> Narrative:
    """`Z RACH.: …; OD: …; TYT.: …; TNR: …`: from account, from, title, number."""
    parts = _POLISH.split(text)
    said = Narrative(booking_text=clean_or_none(parts[0].rstrip("; ")))
    told: list[tuple[str, str]] = []
    for key, raw in zip(parts[1::2], parts[2::2], strict=True):
        value = clean_or_none(raw.strip("; "))
        if value is None:
            continue
        match key:
            case "Z RACH." | "NA RACH.":
                said.account = value.replace(" ", "")
            case "OD" | "DLA":
                said.name = value
            case "TYT.":
                said.remittance = value
            case _:
                told.append(("transaction" if key == "TNR" else "virtual_account", value))
    said.references = tuple(told)
    return said


def _plain(lines: list[str]) -> Narrative:
    """Free text; where it begins with an account and a name, these are the other side's."""
    account, _, name = lines[0].strip().partition(" ")
    if name.strip() and (like_an_iban(account) or re.fullmatch("[0-9]{9,10}", account, re.ASCII)):
        return Narrative(account=account, name=clean(name), remittance=_run_on(lines[1:]))
    if (match := _REKENING.search(lines[-1])) is not None:
        return Narrative(account=match[1], name=clean(match[2]), remittance=_run_on([*lines[:-1], lines[-1][: match.start()]]))
    return Narrative(remittance=_run_on(lines))


def _run_on(lines: list[str]) -> str:
    """A line of full width was cut and goes on; a shorter one ends."""
    return clean_lines("".join(line if len(line) == WIDTH else f"{line}\n" for line in lines).split("\n"))
