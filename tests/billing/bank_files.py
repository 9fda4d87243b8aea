"""Statement files as a bank would write them, but for the differences that a test names."""

from decimal import Decimal
from html import escape
from typing import Any

import httpx

from service.billing.bank.background import run_match_bank_lines
from service.kit.tasks.registry import KINDS
from tests.billing.test_use_credit import worker_of
from tests.world import World

OURS = "DE02120300000000202051"
PAYERS = "DE89370400440532013000"


def entry(amount: int, words: str = "", **more: Any) -> str:
    """One booked entry; `reference`, `end_to_end`, `creditor` (structured), `name`, `iban`, `on`, `reversal` where the test names them."""
    size, sign = Decimal(abs(amount)).scaleb(-2), "CRDT" if amount > 0 else "DBIT"
    reversal = more.get("reversal", False)
    side = "Dbtr" if (amount > 0) != reversal else "Cdtr"
    party = f"<{side}><Pty><Nm>{escape(more['name'])}</Nm></Pty></{side}>" if "name" in more else ""
    party += f"<{side}Acct><Id><IBAN>{more['iban']}</IBAN></Id></{side}Acct>" if "iban" in more else ""
    refs = f"<EndToEndId>{escape(more['end_to_end'])}</EndToEndId>" if "end_to_end" in more else ""
    remittance = f"<Ustrd>{escape(words)}</Ustrd>" if words else ""
    remittance += f"<Strd><CdtrRefInf><Ref>{more['creditor']}</Ref></CdtrRefInf></Strd>" if "creditor" in more else ""
    return (
        f'<Ntry><Amt Ccy="{more.get("currency", "EUR")}">{size}</Amt><CdtDbtInd>{sign}</CdtDbtInd>'
        + ("<RvslInd>true</RvslInd>" if reversal else "")
        + f"<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{more.get('on', '2026-03-03')}</Dt></BookgDt>"
        + (f"<AcctSvcrRef>{more['reference']}</AcctSvcrRef>" if "reference" in more else "")
        + "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>"
        + (
            f"<NtryDtls><TxDtls>{f'<Refs>{refs}</Refs>' if refs else ''}"
            f"{f'<RltdPties>{party}</RltdPties>' if party else ''}{f'<RmtInf>{remittance}</RmtInf>' if remittance else ''}</TxDtls></NtryDtls>"
        )
        + "</Ntry>"
    )


def statement(opening: int, closing: int, *entries: str, on: str = "2026-03-03", number: str = OURS, name: str = "S1") -> bytes:
    """A CAMT.053 of one day."""
    return _message(
        "BkToCstmrStmt",
        "camt.053.001.08",
        "Stmt",
        _account(number) + _balance("OPBD", opening, on) + _balance("CLBD", closing, on) + "".join(entries),
        name,
    )


def report(*entries: str, number: str = OURS, name: str = "R1") -> bytes:
    """A CAMT.052 within the day, without balances."""
    return _message("BkToCstmrAcctRpt", "camt.052.001.08", "Rpt", _account(number) + "".join(entries), name)


def _message(root: str, schema: str, part: str, body: str, name: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:{schema}"><{root}>'
        f"<GrpHdr><MsgId>M{name}</MsgId><CreDtTm>2026-03-04T06:00:00+01:00</CreDtTm></GrpHdr>"
        f"<{part}><Id>{name}</Id><CreDtTm>2026-03-04T06:00:00+01:00</CreDtTm>{body}</{part}></{root}></Document>"
    ).encode()


def _account(number: str) -> str:
    return f"<Acct><Id><IBAN>{number}</IBAN></Id><Ccy>EUR</Ccy></Acct>"


def _balance(kind: str, amount: int, on: str) -> str:
    sign = "CRDT" if amount >= 0 else "DBIT"
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{Decimal(abs(amount)).scaleb(-2)}</Amt>'
        f"<CdtDbtInd>{sign}</CdtDbtInd><Dt><Dt>{on}</Dt></Dt></Bal>"
    )


async def sent(world: World, content: bytes, *, role: Any = "back_office", key: str | None = None, **query: str) -> httpx.Response:
    """The answer to a file."""
    headers = {"Authorization": f"Bearer {await world.token(role)}", "Content-Type": "application/xml"}
    if key is not None:
        headers["Idempotency-Key"] = key
    return await world.http.post("/v1/bank/statements", content=content, params=query, headers=headers)


async def imported(world: World, content: bytes, **query: str) -> dict[str, Any]:
    """A file that must be taken in, and its lines matched by the worker."""
    answer = await sent(world, content, **query)
    assert answer.status_code == 201, answer.text
    assert KINDS["match_bank_lines"].handler is run_match_bank_lines
    await worker_of(world, "match_bank_lines").drain()
    document: dict[str, Any] = answer.json()
    return document


async def with_account(world: World, **more: Any) -> str:
    """The account that the files are of: its id."""
    account = {"number": OURS, "currency": "EUR", "name": "Main account", **more}
    return str((await world.done("POST", "/v1/bank/accounts", account))["id"])


async def lines(world: World, state: str = "waiting") -> list[dict[str, Any]]:
    """The lines of that state."""
    found: list[dict[str, Any]] = (await world.done("GET", f"/v1/bank/lines?state={state}"))["items"]
    return found


async def balances(world: World) -> dict[str, int]:
    """What lies in each account of the ledger, by kind and whose it is where that is nobody's id."""
    found: dict[str, int] = {}
    for one in (await world.done("GET", "/v1/ledger/trial-balance"))["accounts"]:
        name = one["kind"] if len(one["holder"]) in (0, 36) else f"{one['kind']}:{one['holder']}"
        found[name] = found.get(name, 0) + one["balance_minor"]
    return found
