"""Files of shifts: without them imported technicians have no free slot."""

import pytest

from service.kit.imports.loading import Loaded, NotLoaded
from tests.cli.test_import_files import file, load, refusals
from tests.world import World

SHIFTS = "technician,from_on,until_on,starts,ends,weekdays,break_starts,break_ends"
EARLY = "robin@northwind.example,2026-03-02,2026-03-09,08:00,16:30,1 2,12:00,12:30"
LATE = "Robin@northwind.example,2026-03-02,2026-03-09,14:00,22:00,6,,"


async def test_technicians_work_when_their_file_says_so_and_the_same_file_twice_is_loaded_once(world: World) -> None:
    await load(world, "technicians", file("email,name,zone", "robin@northwind.example,Robin Field,Europe/Berlin"))
    rows = file(SHIFTS, EARLY, LATE)
    with pytest.raises(NotLoaded) as rehearsed:
        await load(world, "shifts", rows, rehearsal=True)
    assert (rehearsed.value.refused, rehearsed.value.loaded) == ([], Loaded(2, 0))
    assert await load(world, "shifts", rows) == Loaded(2, 0)
    assert await load(world, "shifts", rows) == Loaded(0, 2)
    there = await world.sql(
        "select extract(isodow from on_day)::int as day, starts_wall::text, ends_wall::text from dispatch.shift order by 1, 2"
    )
    assert [tuple(row) for row in there] == [(1, "08:00:00", "16:30:00"), (2, "08:00:00", "16:30:00"), (6, "14:00:00", "22:00:00")]
    breaks = await world.sql("select from dispatch.occupancy where kind = 'break'")
    assert len(breaks) == 2
    assert await refusals(world, "shifts", file(SHIFTS, EARLY.replace("16:30", "17:00"))) == [
        (2, "The technician already works at that time. (SHIFTS_OVERLAP)")
    ]


async def test_a_row_of_shifts_tells_all_that_is_wrong_with_it(world: World) -> None:
    assert await refusals(world, "shifts", file(SHIFTS, "nobody@n.example,2026-03-09,2026-03-02,8 am,16:30,8,12:00,")) == [
        (2, "starts has to be the time on a clock, hours and minutes, such as 08:00."),
        (2, "weekdays has to be numbers from 1 (Monday) to 7 (Sunday), separated by blanks, such as 1 2 3 4 5."),
        (2, "technician: nobody who goes to doors has this address; load the technicians first."),
        (2, "until_on has to be 1 to 400 days after from_on."),
        (2, "break_starts and break_ends come together."),
    ]


async def test_a_file_gives_shifts_breaks_that_are_fixed_or_that_a_plan_places(world: World) -> None:
    await load(world, "technicians", file("email,name,zone", "robin@northwind.example,Robin Field,Europe/Berlin"))
    columns = "technician,from_on,until_on,starts,ends,break_minutes,break_earliest,break_latest"
    row = "robin@northwind.example,2026-03-02,2026-03-03,08:00,16:30,30,11:30,13:00"
    assert await load(world, "shifts", file(columns, row)) == Loaded(1, 0)
    [there] = await world.sql("select break_minutes, break_earliest::text, break_latest::text from dispatch.shift")
    assert tuple(there) == (30, "11:30:00", "13:00:00")
    assert await refusals(world, "shifts", file(columns, row.replace(",11:30", ","))) == [
        (2, "break_minutes, break_earliest and break_latest come together.")
    ]
