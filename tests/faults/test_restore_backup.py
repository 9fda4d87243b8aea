"""A backup taken under use is a whole service again elsewhere: everything holds, and readers of the feed are told."""

from pathlib import Path
from typing import Any

import httpx

from tests.billing.builders import Books, pay
from tests.faults.served import Served


async def test_a_restored_copy_holds_everything_and_tells_old_readers(served: Served, tmp_path: Path) -> None:
    world = served.world
    books = Books(world)
    customer_id = await books.customer()
    paid = await pay(world, 700, invoice_id=await books.invoice(customer_id, 1_000))
    account = await world.done("GET", f"/v1/customers/{customer_id}/account")
    before = (await world.done("GET", "/v1/facts"))["next"]
    backup = tmp_path / "backup"
    done = await served.run("backup", str(backup))
    assert done.returncode == 0, done.stderr
    assert backup.stat().st_mode & 0o777 == 0o600
    refused = await served.run("backup", str(backup))
    assert refused.returncode == 1
    assert "exists" in refused.stderr
    copy = Served()
    try:
        restored = await copy.run("restore", str(backup), "--secrets", str(served.folder / "secrets.json"))
        assert restored.returncode == 0, restored.stdout + restored.stderr
        assert "all held" in restored.stdout
        again = await copy.run("restore", str(backup))
        assert again.returncode == 1
        assert "isn't empty" in again.stderr
        await copy.start()
        async with httpx.AsyncClient(base_url=copy.url, headers={"Authorization": f"Bearer {await world.token('manager')}"}) as client:
            assert (await client.get(f"/v1/customers/{customer_id}/account")).json() == account
            reset = await client.get("/v1/facts", params={"after": before})
            assert (reset.status_code, reset.json()["code"]) == (410, "FEED_RESET")
            assert paid["payment_id"] in await subjects(client)
            body = {"name": "After the restore", "zone": "Europe/Berlin"}
            assert (await client.post("/v1/customers", json=body)).status_code == 201
            assert (await subjects(client))[-1] != paid["payment_id"]
    finally:
        await copy.end()


async def subjects(client: httpx.AsyncClient) -> list[Any]:
    """Whom the facts are about, from the beginning."""
    return [fact["subject_id"] for fact in (await client.get("/v1/facts", params={"limit": 1000})).json()["items"]]
