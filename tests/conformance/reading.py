"""Reads files of cases: a bad case is told with its name, the field and what may stand there, and the others run."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from service.billing.codes import RULES
from service.kit.malformed import told
from tests.conformance.cases import Case, File, Matter, Policy

T = TypeVar("T")
CODES = {
    "ACCEPT": ("OK", "CREDIT_RELEASES_CAPACITY"),
    "REFUSE": (*RULES, "CREDIT_EXCEEDS_INVOICE", "CREDIT_BELOW_ITS_SHARE"),
}
OF_POLICY = ("record_lag", "requires_written_offer", "ratification")
"""What a case may say otherwise than the policy it names."""


class Malformed(Exception):
    """A file, a policy or a case isn't as the format says; the message names the field and what may stand there."""


class Read(msgspec.Struct, frozen=True):
    """The cases that can run, each with the policy that it is judged by, and a row for each that can't."""

    cases: list[tuple[Case, Policy]]
    bad: list[str]


def read(path: Path) -> Read:
    """Every case of a file, or of the `.json` files of a folder. Raises OSError."""
    found = Read([], [])
    for file in sorted(path.glob("*.json")) if path.is_dir() else [path]:
        try:
            _add(_converted(_decoded(file.read_bytes()), File), found)
        except Malformed as error:
            found.bad.append(f"{file.name}: {error}")
    return found


def _add(file: File, found: Read) -> None:
    for number, document in enumerate(file.match):
        try:
            case = _converted(document, Case)
            policy = _policy(case.case, file.policies)
            _check(case)
            found.cases.append((case, policy))
        except Malformed as error:
            found.bad.append(f"{_name(document, number)}: {error}")


def _decoded(content: bytes) -> Any:
    try:
        return msgspec.json.decode(content)
    except msgspec.DecodeError as error:
        raise Malformed(f"{error}") from None


def _converted(document: Any, kind: type[T]) -> T:
    try:
        return msgspec.convert(document, kind, strict=True)
    except msgspec.ValidationError as error:
        raise Malformed(told(error, kind)) from None


def _name(document: Any, number: int) -> str:
    known = document if isinstance(document, dict) else {}
    return "  ".join(str(known[part]) for part in ("id", "situation") if known.get(part)) or f"match[{number}]"


def _policy(matter: Matter, policies: dict[str, Any]) -> Policy:
    known = {"ZERO": {}} | policies
    if matter.policy not in known:
        raise Malformed(f"there is no policy `{matter.policy}` - at `$.case.policy`; one of {', '.join(known)}")
    try:
        policy = _converted(known[matter.policy], Policy)
    except Malformed as error:
        raise Malformed(f"policy `{matter.policy}`: {error}") from None
    return msgspec.structs.replace(policy, **{name: value for name in OF_POLICY if (value := getattr(matter, name)) is not None})


def _check(case: Case) -> None:
    if faults := list(_faults(case)):
        raise Malformed("; ".join(faults))


def _faults(case: Case) -> Iterator[str]:
    """What each part is right about by itself, and wrong about another."""
    matter = case.case
    if len(case.expect) != len(matter.invoices):
        yield f"`$.expect` has a verdict for each invoice: {len(matter.invoices)}, not {len(case.expect)}"
    for number, (verdict, code) in enumerate(case.expect):
        if code not in CODES[verdict]:
            yield f"`{code}` - at `$.expect[{number}]`; with {verdict} one of {', '.join(CODES[verdict])}"
    items = [item.id for auth in matter.auths for item in auth.items]
    for number, event in enumerate(matter.events):
        yield from _unknown(f"events[{number}].auth", [event.auth], [auth.id for auth in matter.auths])
    for number, auth in enumerate(matter.auths):
        yield from _unknown(f"auths[{number}].declined_items", auth.declined_items, [item.id for item in auth.items])
    for field in ("work_start", "work_end"):
        yield from _unknown(field, getattr(matter, field), [*items, "*"])
    yield from _unknown("performed", matter.performed, items)
    for number, invoice in enumerate(matter.invoices):
        if invoice.credit_of is None:
            continue
        yield from _unknown(f"invoices[{number}].credit_of", [invoice.credit_of], list(range(number)))
        posted = matter.invoices[invoice.credit_of].lines if invoice.credit_of in range(number) else []
        yield from _unknown(f"invoices[{number}].lines", [line.item for line in invoice.lines], [line.item for line in posted])


def _unknown(field: str, named: Any, known: list[Any]) -> Iterator[str]:
    if strange := [str(name) for name in named if name not in known]:
        yield f"`{', '.join(strange)}` - at `$.case.{field}`; one of {', '.join(map(str, known)) or 'none'}"
