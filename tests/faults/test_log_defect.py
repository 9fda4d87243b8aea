"""A defect is answered without its insides and logged with them: one line of JSON, with the id that the answer has and without the link somebody came by."""

import asyncpg
import msgspec

from tests.faults.served import Served

TOKEN = "l_" + "9Qm3yZ-7vK2" * 3 + "xR8tB4nW6A"


async def test_a_defect_is_one_line_with_the_requests_id_and_without_the_link(served: Served) -> None:
    owner = await asyncpg.connect(served.embedded.start().url)
    try:
        await owner.execute("alter table identity.link_hash rename to lost")
        answer = await served.world.http.get(f"/a/{TOKEN}")
        await owner.execute("alter table identity.lost rename to link_hash")
    finally:
        await owner.close()
    assert answer.status_code == 500
    assert "link_hash" not in answer.text
    logged = (served.folder / "stderr").read_text()
    [defect] = [line for line in map(msgspec.json.decode, logged.splitlines()) if line["event"] == "defect"]
    assert (defect["request_id"], defect["path"]) == (answer.headers["x-request-id"], "/a/…")
    assert "link_hash" in defect["exception"]
    assert TOKEN not in logged
