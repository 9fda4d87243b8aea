"""An answer in a case goes to whoever asked, by mail, with the reference that they quote."""

from collections.abc import Awaitable, Callable
from typing import Any

from tests.care.builders import code_of, did, raised, with_mail
from tests.notices.conftest import Mailbox
from tests.world import World


async def test_an_answer_is_mailed_once_with_the_reference_of_its_case(
    world: World, mailbox: Mailbox, work: Callable[[], Awaitable[Any]]
) -> None:
    customer = await world.customer(language="de")
    address = f"ada-{customer['id']}@a.example"
    contact_id = await with_mail(world, customer["id"], address)
    case = await raised(world, customer["id"], contact_id=contact_id)
    answer = {"words": "Morgen kommt <i>ein neuer</i> Router.", "id": str(world.id())}
    for _ in "12":
        await did(world, case["id"], "answers", **answer)
    await work()
    [mail] = mailbox.to(address)
    assert case["reference"] in mail["Subject"]
    assert mail["Message-ID"] == f"<{answer['id']}@localhost>"
    text = mail.get_content()
    assert text.startswith("Guten Tag Ada,")
    assert "Morgen kommt <i>ein neuer</i> Router." in text
    assert case["reference"] in text
    [notice] = (await world.done("GET", f"/v1/notices?customer_id={customer['id']}"))["items"]
    assert (notice["kind"], notice["state"], notice["subject_id"]) == ("case_answer", "handed_over", answer["id"])


async def test_who_has_no_address_for_mail_is_told_another_way(world: World) -> None:
    customer = await world.customer()
    case = await raised(world, customer["id"])
    assert await code_of(world, case["id"], "answers", words="Hello") == (409, "ANSWER_UNADDRESSED")
    await did(world, case["id"], "answers", channel="letter", words="Hello")
    await did(world, case["id"], "close")
