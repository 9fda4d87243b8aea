"""A customer pays by bank transfer; the bank's statement is imported, and that alone brings the service back."""

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from service.cli.demo.stories.cast import ZONE, Cast, meet, money
from service.cli.demo.stories.renewed import bill_renewal, lapsed
from service.cli.demo.teller import Teller, following

FEE_MINOR, UNKNOWN_MINOR = -190, 2_500


async def paid_by_transfer(story: Teller, cast: Cast) -> None:
    """From the invoice's reference on the bank's line to the service that is active again."""
    met = await meet(story, cast, name="Mehmet Kaya", reference="STORY-TRANSFER", address="Kottbusser Damm 9, 10967 Berlin")
    subscription_id = await lapsed(story, cast, met)
    async with following(cast.office, met.customer_id) as follower:
        billed = await bill_renewal(story, cast, subscription_id)
        invoice = await story.ask(
            "their invoice names the reference to pay by",
            cast.office,
            "GET",
            f"/v1/invoices/{billed['id']}",
            says=lambda answer: answer["payment_reference"],
            claims=lambda answer: {"the invoice bears an ISO 11649 reference": answer["payment_reference"].startswith("RF")},
        )
        content = await _statement(cast, invoice)
        await story.ask(
            "next morning the office imports the bank's statement",
            cast.office,
            "POST",
            "/v1/bank/statements",
            content,
            says=lambda answer: f"{answer['lines']} lines",
            claims=lambda answer: {"every line of the statement arrives": answer["lines"] == content.count(b"<Ntry>")},
        )
        await story.hear(
            "its line finds the invoice by the reference, and the service is back",
            follower,
            {"payment_recorded", "subscription_paid_through", "provisioning_confirmed"},
        )
    await story.ask(
        "the service is active, and nobody touched it",
        cast.office,
        "GET",
        f"/v1/subscriptions/{subscription_id}",
        says=lambda answer: str(answer["state"]),
        claims=lambda answer: {"the transfer alone brought the service back": answer["state"] == "active"},
    )
    await story.ask(
        "the same file once more changes nothing",
        cast.office,
        "POST",
        "/v1/bank/statements",
        content,
        claims=lambda answer: {"a file that came before is known": answer["already_imported"]},
    )
    await _what_no_customer_paid(story, cast)


async def _what_no_customer_paid(story: Teller, cast: Cast) -> None:
    """The bank's fee is said to be one; the stranger's money waits on the office's page."""
    waiting = await story.ask(
        "what nobody knows waits for a person, at /app/bank",
        cast.office,
        "GET",
        "/v1/bank/lines?state=waiting&limit=200",
        says=lambda answer: f"{len(answer['items'])} lines",
    )
    [fee] = [line for line in waiting["items"] if line["amount_minor"] == FEE_MINOR]
    await story.ask(
        f"{money(FEE_MINOR)} are the bank's fee",
        cast.office,
        "POST",
        f"/v1/bank/lines/{fee['id']}/dismiss",
        {"reason": "bank_fees"},
        claims=lambda answer: {"the fee is explained": [line["open_minor"] for line in answer["lines"]] == [0]},
    )
    await story.ask(
        "and the books say what the bank says",
        cast.office,
        "GET",
        "/v1/ledger/trial-balance",
        claims=lambda answer: {"every currency sums to zero": set(answer["sums"].values()) <= {0}},
    )


async def _statement(cast: Cast, invoice: Any) -> bytes:
    """Today's CAMT.053: the transfer, the bank's fee and, unless one waits from an earlier telling, money from somebody unknown."""
    accounts = (await cast.office.send("GET", "/v1/bank/accounts")).json()["items"]
    organisation = (await cast.voices["manager"].send("GET", "/v1/organisation")).json()
    waits = (await cast.office.send("GET", "/v1/bank/lines?state=waiting")).json()["items"]
    on = datetime.now(ZoneInfo(ZONE)).date().isoformat()
    opening = accounts[0]["closing_minor"] if accounts else 0
    entries = [
        _entry(
            invoice["total_minor"], on, "Mehmet Kaya", f"<Strd><CdtrRefInf><Ref>{invoice['payment_reference']}</Ref></CdtrRefInf></Strd>"
        ),
        _entry(FEE_MINOR, on, "Ihre Bank", "<Ustrd>Kontogebühr</Ustrd>"),
    ]
    amounts = [invoice["total_minor"], FEE_MINOR]
    if not any(line["amount_minor"] == UNKNOWN_MINOR for line in waits):
        entries.append(_entry(UNKNOWN_MINOR, on, "R. Lindner", "<Ustrd>Danke!</Ustrd>"))
        amounts.append(UNKNOWN_MINOR)
    balances = _balance("OPBD", opening, on) + _balance("CLBD", opening + sum(amounts), on)
    account = f"<Acct><Id><IBAN>{organisation['iban']}</IBAN></Id><Ccy>EUR</Ccy></Acct>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>{on}</MsgId><CreDtTm>{on}T06:00:00+01:00</CreDtTm></GrpHdr>"
        f"<Stmt><Id>{on}</Id><CreDtTm>{on}T06:00:00+01:00</CreDtTm>{account}{balances}{''.join(entries)}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def _entry(minor: int, on: str, name: str, words: str) -> str:
    side, sign = ("Dbtr", "CRDT") if minor > 0 else ("Cdtr", "DBIT")
    return (
        f'<Ntry><Amt Ccy="EUR">{_decimal(minor)}</Amt><CdtDbtInd>{sign}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{on}</Dt></BookgDt>'
        f"<AcctSvcrRef>{uuid.uuid4().hex[:16]}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>"
        f"<NtryDtls><TxDtls><RltdPties><{side}><Pty><Nm>{name}</Nm></Pty></{side}></RltdPties><RmtInf>{words}</RmtInf></TxDtls></NtryDtls></Ntry>"
    )


def _balance(kind: str, minor: int, on: str) -> str:
    sign = "CRDT" if minor >= 0 else "DBIT"
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{_decimal(minor)}</Amt><CdtDbtInd>{sign}</CdtDbtInd>'
        f"<Dt><Dt>{on}</Dt></Dt></Bal>"
    )


def _decimal(minor: int) -> str:
    return str(Decimal(abs(minor)).scaleb(-2))
