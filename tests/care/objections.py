"""A job's invoice whose customer objects to its lines."""

from typing import Any
from uuid import UUID

import pytest

from tests.authorisations.matters import Matter
from tests.world import World


class Billed:
    """A job of two lines, 100.00 and 3 h at 20.00, with 19 % of tax on both: 190.40."""

    def __init__(self, world: World, matter: Matter, invoice: dict[str, Any]) -> None:
        self.world, self.matter, self.invoice = world, matter, invoice
        self.customer_id = str(matter.customer_id)

    async def objects(self, line_number: int = 1, **differences: Any) -> dict[str, Any]:
        said = {"line_number": line_number, "reason": "not_done", "words": "Nobody changed that part", **differences}
        return await self.world.done("POST", f"/v1/invoices/{self.invoice['id']}/objections", said, key=str(self.world.id()))

    async def refused(self, line_number: int = 1, **differences: Any) -> tuple[int, str]:
        said = {"line_number": line_number, "reason": "not_done", "words": "Nobody changed that part", **differences}
        answer = await self.world.post(f"/v1/invoices/{self.invoice['id']}/objections", said)
        return answer.status_code, answer.json().get("code", "")

    async def decide(self, objection: dict[str, Any], outcome: str, **more: Any) -> Any:
        decision = {"outcome": outcome, "words": "Here is why", "channel": "phone", **more}
        return await self.world.post(f"/v1/objections/{objection['id']}/decision", decision, role="back_office", key=str(self.world.id()))

    async def found(self, objection: dict[str, Any]) -> dict[str, Any]:
        one: dict[str, Any] = await self.world.done("GET", f"/v1/objections/{objection['id']}")
        return one

    async def account(self) -> tuple[int, int]:
        """What is owed and what is theirs, in books that are in balance."""
        [balance] = (await self.world.done("GET", f"/v1/customers/{self.customer_id}/account"))["balances"]
        assert (await self.world.done("GET", "/v1/ledger/trial-balance"))["sums"] == {"EUR": 0}
        return balance["owed_minor"], balance["credit_minor"]

    async def pays(self, minor: int | None = None) -> None:
        money = {"amount": self.invoice["total_minor"] if minor is None else minor, "currency": "EUR"}
        paid = {"amount": money, "invoice_id": self.invoice["id"]}
        await self.world.done("POST", "/v1/payments/cash", paid, role="agent", key=str(self.world.id()))

    async def billable(self, line_number: int) -> int:
        """How much of a line's item is done and can be billed, in its smallest parts."""
        rows = await self.world.sql(
            "select least(c.granted_after, c.performed_after) - c.billed_after from authorisations.capacity c join billing.invoice_line l using (organisation_id, item_id)"
            " where l.invoice_id = $1 and l.line_number = $2 order by c.item_seq desc limit 1",
            UUID(self.invoice["id"]), line_number,
        )  # fmt: skip
        return int(rows[0][0])

    async def billable_whole(self, line_number: int) -> int:
        """All of a line, in its smallest parts."""
        rows = await self.world.sql(
            "select ticks from billing.invoice_line where invoice_id = $1 and line_number = $2", UUID(self.invoice["id"]), line_number
        )
        return int(rows[0][0])

    async def dunned(self) -> dict[str, Any]:
        """What holds dunning."""
        standing = await self.world.done("GET", f"/v1/customers/{self.customer_id}/dunning")
        return {one["hold_id"]: one["contested_minor"] for one in standing["holds"]}


@pytest.fixture
async def billed(world: World) -> Billed:
    matter = await Matter(world).begin()
    one, other = await matter.done({"tax_rate": "19"}, {"tax_rate": "19", "quantity": "3", "unit_price": "2000"})
    invoice = await matter.posted({"item_id": one}, {"item_id": other, "quantity": "3", "unit_price": "2000"})
    return Billed(world, matter, invoice)
