"""Bad debts on a page: proposed by one, written off by another."""

import re

import httpx

from tests.billing.builders import Books
from tests.billing.test_write_off_invoice import BAD, account
from tests.identity.builders import PASSWORD, joined
from tests.world import World


async def test_two_people_do_it_on_a_page(world: World, served: str) -> None:
    books = Books(world)
    invoice_id = await books.invoice(customer_id := await books.customer(), 600)
    number = (await world.done("GET", f"/v1/invoices/{invoice_id}"))["number"]
    for roles, act in ((("back_office",), "propose"), (("manager",), "approve")):
        async with httpx.AsyncClient(base_url=served, follow_redirects=True) as browser:
            person = await joined(world, roles=roles)
            await browser.post("/sign-in", data={"email": person["email"], "password": PASSWORD, "to": ""})
            assert "/app/write-offs" in (await browser.get("/app/arrears")).text
            if act == "propose":
                assert (await browser.post("/app/write-offs/propose", data={**BAD, "number": "X-1"})).status_code == 422
                shown = await browser.post("/app/write-offs/propose", data={**BAD, "number": number})
                assert shown.status_code == 200, shown.text
                assert "Write it off" not in shown.text
                continue
            waiting = (await browser.get("/app/write-offs")).text
            missing = [said for said in (number, "The customer is insolvent", "€6.00", "Write it off") if said not in waiting]
            assert missing == []
            (write_off_id,) = re.findall("/app/write-offs/([^/]*)/approve", waiting)
            assert number not in (await browser.post(f"/app/write-offs/{write_off_id}/approve")).text
    assert await account(world, customer_id) == {"owed": 0, "credit": 0, "written_off": 600}
