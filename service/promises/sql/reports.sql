-- query: find_promise_days
-- The last thirty days up to today, where none are named.
select d.from_on, d.until_on, d.from_on::timestamp at time zone o.zone, d.until_on::timestamp at time zone o.zone, o.zone
from identity.organisation o cross join lateral (
  select coalesce(:from_on::date, coalesce(:until_on::date, t.today + 1) - 30) as from_on, coalesce(:until_on::date, greatest(t.today, :from_on::date) + 1) as until_on
  from (select (:at::timestamptz at time zone o.zone)::date as today) t) d
where o.organisation_id = :organisation

-- query: sum_promises
-- By the week they were due in, their kind, and the first role of whoever owns them: what is past due and not made good counts as broken.
select t.week_from, t.kind, t.team, t.kept, t.broken, t.renewed, t.released, t.open, (1000 * t.kept / nullif(t.kept + t.broken + t.renewed, 0))::int
from (
  select date_trunc('week', p.due_at at time zone :zone::text)::date as week_from, p.kind, s.roles[1] as team,
    count(*) filter (where e.outcome = 'kept') as kept, count(*) filter (where coalesce(e.outcome, case when p.due_at <= :at then 'broken' end) = 'broken') as broken,
    count(*) filter (where e.outcome = 'renewed') as renewed, count(*) filter (where e.outcome = 'released') as released,
    count(*) filter (where e.outcome is null and p.due_at > :at) as open
  from promises.promise p
  join identity.staff s on s.organisation_id = p.organisation_id and s.staff_id = coalesce(
    (select h.to_staff_id from promises.handing h where h.organisation_id = :organisation and h.promise_id = p.promise_id order by h.number desc limit 1), p.owner_staff_id)
  left join promises.ending e on e.organisation_id = p.organisation_id and e.promise_id = p.promise_id
  where p.organisation_id = :organisation and p.due_at >= :from_at and p.due_at < :until_at
  group by 1, 2, 3) t
order by t.week_from, t.kind, t.team
