"""What the meter of a job's thing shows when it is taken in and given back, as papers tell it."""

from uuid import UUID

from service.dispatch.queries import SQL
from service.dispatch.records.readings import NewReading, ReadingReceipt, Readings
from service.kit.refusals import Refusal
from service.kit.verbs import Lock, Work, verb

READ_METER = SQL.verb("read_meter", ReadingReceipt)
FIND_READINGS = SQL.query("find_readings", Readings)


class ReadingGoesBack(Refusal):
    """A meter shows no less when its thing is given back than when it was taken in, and counts in one unit."""

    code, status, remedy = "READING_GOES_BACK", 422, "Read it again; where the other reading was wrong, send that one anew first."


@verb(refusals=(ReadingGoesBack,), locks=lambda *, job_id, **_: (Lock.account_of("dispatch.job", job_id),))
async def read_meter(work: Work, *, job_id: UUID, reading: NewReading) -> ReadingReceipt:
    """Notes what an odometer or hour meter shows at intake or return; sent anew it counts instead, but an invoice goes on telling what it told."""
    return await work.run(READ_METER, job_id=job_id, taken_when=reading.taken_when, value=reading.value, unit=reading.unit)


async def find_readings(work: Work, *, job_id: UUID) -> Readings:
    """Everything that was read of a job's thing."""
    return await work.one(FIND_READINGS, job_id=job_id)
