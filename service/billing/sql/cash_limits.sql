-- verb: set_cash_limit
-- A new version of the limit, for one member of staff or for everybody who has none of their own. The same again changes nothing.
with last as (
  select l.version, l.limit_minor from billing.cash_limit l
  where l.organisation_id = :organisation::uuid and l.holder = coalesce((:staff_id::uuid)::text, '') and l.currency = :currency::text
  order by l.version desc limit 1),
asked as (
  select :staff_id::uuid as staff_id, coalesce(last.version, 0) as version, last.version is not null and last.limit_minor is not distinct from :limit_minor::bigint as same
  from (select) one left join last on true
  where :staff_id::uuid is null or exists (select from identity.staff s where s.organisation_id = :organisation::uuid and s.staff_id = :staff_id::uuid)),
made as (
  insert into billing.cash_limit (organisation_id, staff_id, currency, version, limit_minor, set_by, set_at)
  select :organisation::uuid, staff_id, :currency::text, version + 1, :limit_minor::bigint, :actor::text, :at::timestamptz from asked where not same),
happened as (
  select 'cash_limit_set' as kind, null::uuid as customer_id, 'custody' as subject_kind, coalesce(staff_id, :organisation::uuid) as subject_id,
         jsonb_build_object('staff_id', staff_id, 'currency', :currency::text, 'limit_minor', :limit_minor::bigint, 'version', version + 1) as body
  from asked where not same),
answer as (
  select case when same then 200 else 201 end as status, null::text as code,
         jsonb_build_object('staff_id', staff_id, 'currency', :currency::text, 'limit_minor', :limit_minor::bigint, 'version', version + case when same then 0 else 1 end) as body
  from asked)

-- query: list_cash_limits
-- Every version there was, the organisation's own first; the last of each is in force.
select l.staff_id, s.name, l.currency, l.version, l.limit_minor, l.set_by, l.set_at,
       not exists (select from billing.cash_limit n where n.organisation_id = :organisation and n.holder = l.holder and n.currency = l.currency and n.version = l.version + 1)
from billing.cash_limit l left join identity.staff s on s.organisation_id = l.organisation_id and s.staff_id = l.staff_id
where l.organisation_id = :organisation and (l.holder, l.currency, l.version) > (:after_holder::text, :after_currency::text, :after_version::int)
order by l.holder, l.currency, l.version limit :limit + 1

-- query: find_room_for_cash
-- What somebody holds in each currency and how much more it may become; nothing of the limit where there is none.
select currency, held_after, limit_minor from (
-- include: billing/held_and_limit
) h where staff_id = :staff_id order by currency

-- query: stops_to_judge
-- Who goes to doors and holds as much as they may, or no longer does, while what is said of them is otherwise.
select t.technician_id
from dispatch.technician t
cross join lateral (
  select coalesce(bool_or(held_after >= limit_minor), false) as full_up from (
-- include: billing/held_and_limit
) h where staff_id = t.technician_id) h
left join lateral (
  select s.stopped from dispatch.collection_stop s where s.organisation_id = :organisation and s.technician_id = t.technician_id order by s.step desc limit 1) s on true
where t.organisation_id = :organisation and h.full_up <> coalesce(s.stopped, false)
order by t.technician_id limit 500

-- verb: judge_cash_limit
-- Whoever holds as much as they may is sent to collect nothing more until they have handed in. Under their own lock.
-- Each of those who accept cash is mailed once as it comes to that: the step it comes with is in the task's id.
with hands as (
  select currency, held_after >= limit_minor as full_up, limit_minor from (
-- include: billing/held_and_limit
) h where staff_id = :staff_id::uuid),
stopping as (select :staff_id::uuid as technician_id, coalesce((select bool_or(full_up) from hands), false) as stopped),
-- include: dispatch/stop_collections
,
happened as (
  -- what is held isn't told: less a hand-in's count, it is counted blind
  select case when stopped then 'cash_limit_reached' else 'cash_limit_kept_again' end as kind, null::uuid as customer_id, 'custody' as subject_kind, technician_id as subject_id,
         jsonb_build_object('staff_id', technician_id, 'limits', coalesce((
           select jsonb_agg(jsonb_build_object('currency', currency, 'limit_minor', limit_minor) order by currency) from hands where full_up), '[]')) as body
  from stops_changed),
wanted as (
  select md5('cash_limit_reached' || c.technician_id || c.step || s.staff_id)::uuid as task_id, 'send_notice' as kind, c.technician_id as subject_id, :at::timestamptz as due_at,
         jsonb_build_object('notice', 'cash_limit_reached', 'staff_id', s.staff_id) as body
  from stops_changed c
  cross join lateral (
    select s.staff_id from identity.staff s
    where s.organisation_id = :organisation::uuid and s.active and s.staff_id <> c.technician_id and s.roles && :tells::text[] offset 0) s
  where c.stopped),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('staff_id', technician_id, 'stopped', stopped) as body from stopping)

-- query: list_full_hands
-- In which currencies somebody holds as much as they may, and how much that is.
select s.name, h.currency, h.limit_minor from (
-- include: billing/held_and_limit
) h
cross join lateral (select s.name from identity.staff s where s.organisation_id = :organisation and s.staff_id = h.staff_id limit 1) s
where h.staff_id = :staff_id and h.held_after >= h.limit_minor
order by h.currency
