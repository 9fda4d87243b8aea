from tests.authorisations.matters import Matter
from tests.authorisations.showings import shown
from tests.documents.papers import another_job, pages_of, pdf_of, text_of


async def job_paper(matter: Matter) -> str:
    """The text of the job's document."""
    return await text_of(matter.world, f"/v1/jobs/{matter.job_id}/job.pdf")


async def test_a_job_without_an_estimate_says_so(matter: Matter) -> None:
    text = await job_paper(matter)
    assert "No estimate was shown." in text
    assert "Nothing was agreed yet." in text


async def test_a_job_on_paper_tells_yes_and_no_item_by_item(matter: Matter) -> None:
    showing = await shown(matter, {"description": "New belt"}, {"description": "New drum"})
    await showing.answer(showing.items[0], declined=[showing.items[1]])
    text = await job_paper(matter)
    assert "New belt 1 h €100.00 €100.00 yes" in text
    assert "New drum 1 h €100.00 €100.00 no" in text
    assert "Revised total (before tax) €100.00" in text


async def test_what_was_not_written_down_is_said_and_so_is_who_asks_for_it(matter: Matter) -> None:
    await matter.consent(await matter.offer({}), channel="oral_phone", conditions=None, received_by=None)
    text = await job_paper(matter)
    for part in (
        "Not in force: the record of what was said is incomplete",
        "Number called not on record",
        "Received by not on record",
        "Conditions not on record",
        "Added cost (before tax) €0.00",
    ):
        assert part in text, (part, text)
    await another_job(matter, place="US-IL")
    await matter.consent(await matter.offer({}), channel="oral_phone", conditions=None, received_by=None)
    text = await job_paper(matter)
    assert "Number called not on record, though asked for by Illinois 815 ILCS 306/25" in text
    assert "Received by not on record Conditions" in text  # which Illinois doesn't ask for
    assert "Asked for by: Illinois 815 ILCS 306/25." in text


async def test_what_was_taken_back_is_told_with_what_it_took_away(matter: Matter) -> None:
    act = await matter.consent(await matter.offer({"description": "Vent hose", "unit_price": "1500"}))
    body = {"channel": "oral_phone", "reason": "Found one at home.", "received_by": "TT"}
    await matter.world.done("POST", f"/v1/authorisations/{act['id']}/revoke", body)
    text = await job_paper(matter)
    revocation = text[text.index("2 · Revocation") :]
    for part in (
        "Takes back consent 1",
        "Received by TT",
        "Reason Found one at home.",
        "taken back",
        "-€15.00",
        "Revised total (before tax) €0.00",
    ):
        assert part in revocation, (part, revocation)


async def test_a_consent_written_down_later_tells_both_times(matter: Matter) -> None:
    said_at = matter.world.clock.now.isoformat()
    offer = await matter.offer({})
    matter.world.clock.forward(minutes=40)
    await matter.consent(offer, consented_at=said_at)
    assert "Date and time 4 March 2026 13:00 CET Recorded 4 March 2026 13:40 CET" in await job_paper(matter)


async def test_a_person_who_was_erased_is_gone_from_paper_and_the_consent_stays(matter: Matter) -> None:
    await matter.consent(await matter.offer({}), channel="oral_phone", number_called="+49 170 555 0199")
    assert "+49 170 555 0199" in await job_paper(matter)
    await matter.world.sql("delete from authorisations.consent_detail")
    text = await job_paper(matter)
    assert "Given by erased at the person's wish" in text
    assert "Number called erased at the person's wish" in text
    assert "Added cost (before tax) +€100.00" in text


async def test_who_answered_takes_all_that_was_agreed_along_on_paper(matter: Matter) -> None:
    showing = await shown(matter, {})
    path = f"/a/{showing.given['token']}/job.pdf"
    assert (await matter.world.http.get(path)).status_code == 404
    await showing.answer(*showing.items)
    assert path in (await matter.world.http.get(f"/a/{showing.given['token']}")).text
    assert (await matter.world.http.get(path)).content == await pdf_of(matter.world, f"/v1/jobs/{matter.job_id}/job.pdf")


async def test_who_may_not_agree_reads_nobodys_name_or_number(matter: Matter) -> None:
    await matter.consent(await matter.offer({}))
    matter.contact_id = str(await matter.contact(may_authorise=False))
    showing = await shown(matter, {})
    await showing.answer(*showing.items)
    assert (await matter.world.http.get(f"/a/{showing.given['token']}/job.pdf")).status_code == 404


async def test_the_same_job_is_the_same_file_to_the_byte(matter: Matter) -> None:
    await matter.authorised({})
    first = await pdf_of(matter.world, f"/v1/jobs/{matter.job_id}/job.pdf")
    matter.world.clock.forward(days=2)
    assert await pdf_of(matter.world, f"/v1/jobs/{matter.job_id}/job.pdf") == first


async def test_paper_from_a_page_speaks_the_language_of_the_page(matter: Matter) -> None:
    showing = await shown(matter, {}, presentation={"language": "de"})
    await showing.answer(*showing.items)
    for name, words in (("offer", "Kostenvoranschlag"), ("job", "Auftrag und Zustimmungen")):
        paper = await matter.world.http.get(f"/a/{showing.given['token']}/{name}.pdf")
        assert words in " ".join(pages_of(paper.content))
    assert "Job and consents" in await job_paper(matter)
