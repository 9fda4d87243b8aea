"""A region's days: hundreds of technicians, each with a round, made by a few statements."""

from datetime import UTC, datetime
from uuid import UUID

from tests.dispatch.builders import job, site
from tests.world import World

STREETS = 40
"""How many customers there are; each is visited often."""


async def region(
    world: World,
    *,
    technicians: int = 250,
    visits_each: int = 6,
    days: int = 1,
    waiting: int = 30,
    since: datetime = datetime(2026, 3, 4, 23, tzinfo=UTC),
    minutes: int = 60,
    every: int = 90,
) -> None:
    """Every technician works for ten hours from the eighth on of each day, in Berlin in March 2026, with visits of an hour every 90 minutes; some jobs have no visit."""
    customers = [await world.customer(name=f"Customer {number:02}") for number in range(STREETS)]
    for number, customer in enumerate(customers):
        await site(world, customer["id"], place=(524000000 + 40000 * (number % 8), 132500000 + 60000 * (number // 8)))
    pattern = await job(world)
    pattern_of = {"organisation_id": world.organisation_id, "job_id": UUID(pattern["id"]), "scope_id": UUID(pattern["scope_id"])}
    await world.sql(_CREW, world.organisation_id, technicians, days, since)
    for statement in (_SCOPES, _JOBS):
        columns = await _columns(world, "authorisations.scope" if statement is _SCOPES else "dispatch.job")
        await world.sql(
            statement.format(
                columns=", ".join(columns),
                values=", ".join({"scope_id": "n.scope_id", "subject_id": "n.job_id", "job_id": "n.job_id", "customer_id": "n.customer_id", "site_id": "n.site_id"}.get(one, f"p.{one}") for one in columns),
            ),
            *pattern_of.values(),
            technicians * visits_each * days + waiting,
        )  # fmt: skip
    await world.sql(_VISITS, world.organisation_id, visits_each, days, world.clock.now, technicians, since, minutes, every)
    await world.sql(
        "delete from dispatch.unfinished_job where organisation_id = $1 and job_id = $2", world.organisation_id, pattern_of["job_id"]
    )


async def _columns(world: World, table: str) -> list[str]:
    schema, name = table.split(".")
    rows = await world.sql(
        "select column_name from information_schema.columns where table_schema = $1 and table_name = $2 and is_generated = 'NEVER'"
        " and has_column_privilege(table_schema || '.' || table_name, column_name, 'insert') order by ordinal_position",
        schema,
        name,
    )
    return [row[0] for row in rows]


_ID = "md5($1::uuid::text || '{0}' || {1})::uuid"
_CREW = f"""
with crew as (select n, {_ID.format("staff", "n")} as id from generate_series(1, $2::int) n),
staff as (
  insert into identity.staff (organisation_id, staff_id, name, email, roles, created_at)
  select $1::uuid, id, 'Field ' || lpad(n::text, 3, '0'), id || '@northwind.example', array['technician'], now() from crew),
technicians as (
  insert into dispatch.technician (organisation_id, technician_id, zone, skills, may_take_cash, home_latitude_e7, home_longitude_e7, reach_metres, created_at)
  select $1::uuid, id, 'Europe/Berlin', coalesce((select skills from dispatch.job j where j.organisation_id = $1::uuid limit 1)), false, 524000000 + 1200 * n, 132500000 + 1500 * n, 100000, now() from crew)
insert into dispatch.shift (organisation_id, technician_id, on_day, starts_wall, ends_wall, zone, starts_at, ends_at, created_at)
select $1::uuid, id, day::date, '08:00', '18:00', 'Europe/Berlin', day + interval '8 hours', day + interval '18 hours', now()
from crew, generate_series($4::timestamptz, $4::timestamptz + ($3::int - 1) * interval '1 day', interval '1 day') day
"""
_NEW = f"""
with places as (select customer_id, site_id, row_number() over (order by site_id) as at from customers.site s where organisation_id = $1 and latitude_e7 is not null),
n as (
  select {_ID.format("job", "n")} as job_id, {_ID.format("scope", "n")} as scope_id, p.customer_id, p.site_id
  from generate_series(1, $4::int) n join places p on p.at = 1 + n * 7 % (select count(*) from places))
"""
_SCOPES = (
    _NEW
    + "insert into authorisations.scope ({columns}) select {values} from n cross join authorisations.scope p where p.organisation_id = $1 and p.scope_id = $3 and $2::uuid is not null"
)
_JOBS = (
    _NEW
    + """, jobs as (
  insert into dispatch.job ({columns}) select {values} from n cross join dispatch.job p where p.organisation_id = $1 and p.job_id = $2 and $3::uuid is not null returning job_id, opened_at),
unfinished as (insert into dispatch.unfinished_job (organisation_id, job_id) select $1::uuid, job_id from jobs)
insert into dispatch.job_step (organisation_id, job_id, step, from_state, to_state, actor, happened_at) select $1::uuid, job_id, 1, 'new', 'open', 'staff:test', opened_at from jobs
"""
)
_VISITS = f"""
with placed as (
  select {_ID.format("visit", "n")} as visit_id, {_ID.format("job", "n")} as job_id, {_ID.format("staff", "t")} as technician_id,
         $6::timestamptz + interval '8 hours' + day * interval '1 day' + place * make_interval(mins => $8::int) + (t % 7) * interval '5 minutes' as starts_at
  from (select t, day, place, row_number() over () as n from generate_series(1, $5::int) t, generate_series(0, $3::int - 1) day, generate_series(0, $2::int - 1) place) every),
visits as (
  insert into dispatch.visit (organisation_id, visit_id, job_id, scope_id, customer_id, site_id, collects, crew_size, made_by, made_at)
  select $1::uuid, v.visit_id, j.job_id, j.scope_id, j.customer_id, j.site_id, j.collects, j.crew_size, 'staff:test', $4::timestamptz from placed v join dispatch.job j on j.organisation_id = $1 and j.job_id = v.job_id),
steps as (
  insert into dispatch.visit_step (organisation_id, visit_id, collects, step, from_state, to_state, technician_id, starts_at, ends_at, arrive_until, zone, starts_wall, actor, captured_at)
  select $1::uuid, visit_id, false, 1, 'new', 'booked', technician_id, starts_at, starts_at + make_interval(mins => $7::int), starts_at + make_interval(mins => 60 + $7::int), 'Europe/Berlin',
         starts_at at time zone 'Europe/Berlin', 'staff:test', $4::timestamptz from placed)
insert into dispatch.occupancy (organisation_id, occupancy_id, technician_id, kind, starts_at, ends_at, visit_id, member, crew_size)
select $1::uuid, visit_id, technician_id, 'visit', starts_at, starts_at + make_interval(mins => $7::int), visit_id, 1, 1 from placed
"""
