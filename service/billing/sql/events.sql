-- verb: keep_event
-- Keeps an event with what became of it; one that can't be matched yet is put where it is driven again from. What it tells people of is told once.
with event as (
  insert into billing.provider_event (organisation_id, event_id, type, intent_id, outcome, told_at)
  values (:organisation::uuid, :event_id::text, :event_type::text, :intent_id::text, :outcome::text, :told_at::timestamptz)
  on conflict do nothing
  returning event_id, outcome),
put_aside as (
  insert into billing.waiting_event (organisation_id, event_id, type, object, reason, intent_id, amount_minor, currency, told_at, tries, next_try_at)
  select :organisation::uuid, event_id, :event_type::text, :object::jsonb, :reason::text, :intent_id::text, :amount_minor::bigint, :currency::text, :told_at::timestamptz, 0,
         :next_try_at::timestamptz
  from event where outcome = 'waiting'),
happened as (
  select :fact_kind::text as kind, :customer_id::uuid as customer_id, 'payment' as subject_kind, :payment_id::uuid as subject_id,
         jsonb_build_object('event_id', event_id) as body
  from event where :fact_kind::text is not null and outcome = 'taken'),
wanted as (
  select md5('fetch' || event_id)::uuid as task_id, :task_kind::text as kind, md5(event_id)::uuid as subject_id, :at::timestamptz as due_at, :task_body::jsonb as body
  from event where :task_kind::text is not null),
answer as (select 200 as status, null::text as code, jsonb_build_object('event_id', :event_id::text) as body)

-- verb: settle_waiting
-- What waited was matched: it leaves the list, or, not yet, waits on for a reason.
with told as (select :event_id::text as event_id),
matched as (
  delete from billing.waiting_event w using told where w.organisation_id = :organisation::uuid and w.event_id = told.event_id and :reason::text is null
  returning w.event_id),
waits_on as (
  update billing.waiting_event w set reason = :reason::text, tries = w.tries + 1, next_try_at = :next_try_at::timestamptz
  from told where w.organisation_id = :organisation::uuid and w.event_id = told.event_id and :reason::text is not null),
happened as (
  select :fact_kind::text as kind, :customer_id::uuid as customer_id, 'payment' as subject_kind, :payment_id::uuid as subject_id, jsonb_build_object('event_id', event_id) as body
  from matched where :fact_kind::text is not null),
answer as (
  select 200 as status, null::text as code, jsonb_strip_nulls(jsonb_build_object('event_id', event_id, 'state', case when :reason::text is null then 'taken' else 'waiting' end,
    'reason', :reason::text, 'next_try_at', :next_try_at::timestamptz)) as body
  from told)

-- query: waiting_due
select event_id, type, object::text, tries, told_at from billing.waiting_event
where organisation_id = :organisation and next_try_at <= :at::timestamptz order by next_try_at, event_id limit 200

-- query: find_waiting
select event_id, type, object::text, tries, told_at from billing.waiting_event where organisation_id = :organisation and event_id = :event_id::text

-- query: list_unapplied
-- What came and isn't applied, oldest first: money that is put aside, and what the provider told of something that isn't here; with whom it names, where we know.
select u.recorded_at, u.id, u.kind, u.reason, u.intent_id, u.amount, u.told_at, u.next_try_at, coalesce(i.customer_id, u.customer_id), i.series || '-' || i.number
from (
  select m.recorded_at, m.parked_id::text as id, 'money' as kind, m.reason, m.intent_id, jsonb_build_object('amount', m.amount_minor, 'currency', m.currency) as amount,
    m.captured_at as told_at, null::timestamptz as next_try_at, a.invoice_id, null::uuid as customer_id
  from billing.parked_money m
  left join billing.collection_attempt a on a.organisation_id = m.organisation_id and a.attempt_id = m.attempt_id
  where m.organisation_id = :organisation and not exists (select from billing.parked_resolution r where r.organisation_id = m.organisation_id and r.parked_id = m.parked_id)
  union all
  select w.recorded_at, w.event_id, w.type, w.reason, w.intent_id,
         case when w.currency is not null then jsonb_build_object('amount', w.amount_minor, 'currency', w.currency) end, w.told_at, w.next_try_at, p.invoice_id, p.customer_id
  from billing.waiting_event w
  left join billing.payment p on p.organisation_id = w.organisation_id and p.key_kind = 'payment_intent' and p.key = w.intent_id
  where w.organisation_id = :organisation) u
left join billing.invoice i on i.organisation_id = :organisation and i.invoice_id = u.invoice_id
where (u.recorded_at, u.id) > (:after_at::timestamptz, :after_id::text) and (:intent_id::text is null or u.intent_id = :intent_id::text)
order by u.recorded_at, u.id limit :limit::int + 1

-- query: events_read_until
select read_until from billing.event_cursor where organisation_id = :organisation

-- query: known_events
select event_id from billing.provider_event where organisation_id = :organisation and event_id = any (:event_ids::text[])

-- verb: move_event_cursor
with moved as (
  insert into billing.event_cursor (organisation_id, read_until) values (:organisation::uuid, :read_until::timestamptz)
  on conflict (organisation_id) do update set read_until = greatest(billing.event_cursor.read_until, excluded.read_until)),
happened as (
  select null::text as kind, null::uuid as customer_id, null::text as subject_kind, null::uuid as subject_id, null::jsonb as body where false),
answer as (select 200 as status, null::text as code, jsonb_build_object('event_id', '') as body)
