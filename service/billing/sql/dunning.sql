-- query: dunning_policy
-- The policy in force; no row: the one that is shipped.
select p.version, to_char(p.calm_until, 'HH24:MI:SS'), to_char(p.calm_from, 'HH24:MI:SS'), p.rest_days, p.rests_on_holidays, p.longest_promise_days,
  (select jsonb_agg(jsonb_build_object('kind', s.kind, 'days_after', s.days_after, 'channel', s.channel, 'held_by', s.held_by, 'citation', s.citation) order by s.position)
   from billing.dunning_policy_step s where s.organisation_id = p.organisation_id and s.version = p.version),
  p.set_by, p.set_at
from billing.dunning_policy p where p.organisation_id = :organisation and p.version < :before::int order by p.version desc limit :limit

-- verb: set_dunning_policy
-- The version after the one that was read under the lock.
with policy as (
  insert into billing.dunning_policy (organisation_id, version, calm_until, calm_from, rest_days, rests_on_holidays, longest_promise_days, step_count, set_by, set_at)
  values (:organisation, :version::int, :calm_until::time, :calm_from::time, :rest_days::int[], :rests_on_holidays::boolean, :longest_promise_days::int,
    jsonb_array_length(:steps::jsonb), :actor, :at)
  returning version, step_count),
asked as (
  select t.position::int as position, s.kind, s.days_after, s.held_by, s.citation
  from jsonb_array_elements(:steps::jsonb) with ordinality t (step, position)
  cross join lateral jsonb_to_record(t.step) as s (kind text, days_after int, held_by text[], citation text)),
steps as (
  insert into billing.dunning_policy_step (organisation_id, version, position, step_count, kind, days_before, days_after, reminded_before, held_by, citation)
  select :organisation, p.version, a.position, p.step_count, a.kind, lag(a.days_after, 1, 0) over (order by a.position), a.days_after,
    coalesce(bool_or(a.kind = 'remind') over (order by a.position rows between unbounded preceding and 1 preceding), false), a.held_by, a.citation
  from policy p cross join asked a),
happened as (
  select 'dunning_policy_set' as kind, null::uuid as customer_id, 'dunning_policy' as subject_kind, :organisation::uuid as subject_id, jsonb_build_object('version', version) as body from policy),
answer as (select 201 as status, null::text as code, jsonb_build_object('version', version) as body from policy)

-- query: dunning_standing
-- Everything that decides about the dunning of customers, as it stands: what is open, what was done about it, what holds it, and their services.
with person as (
  select c.customer_id, c.name, c.zone, (:at::timestamptz at time zone c.zone)::date as today from customers.customer c where c.organisation_id = :organisation and c.customer_id = any (:customer_ids::uuid[])),
open_invoice as (
  select p.customer_id, i.invoice_id, i.series || '-' || i.number as number, i.due_on, i.currency, coalesce(last.open_after, i.total_minor) as open_minor, coalesce(last.step, 0) as allocation_step,
    coalesce(reopened.step, 0) as episode
  from person p
  cross join lateral (select i.* from billing.invoice i where i.organisation_id = :organisation and i.customer_id = p.customer_id offset 0) i
  left join lateral (
    select a.step, a.open_after, a.written_off_after from billing.allocation a where a.organisation_id = :organisation and a.invoice_id = i.invoice_id order by a.step desc limit 1) last on true
  left join lateral (
    select a.step from billing.allocation a where a.organisation_id = :organisation and a.invoice_id = i.invoice_id and a.kind = 'reopen' order by a.step desc limit 1) reopened on true
  where coalesce(last.open_after, i.total_minor) > 0 and coalesce(last.written_off_after, 0) = 0),
done as (
  select o.*, d.ordinal, d.kind, d.days_after, d.base_on, d.taken_on, d.job_id, (
      select j.job_id from dispatch.collection c
      join dispatch.job j on j.organisation_id = c.organisation_id and j.job_id = c.job_id
      cross join lateral (select s.to_state from dispatch.job_step s where s.organisation_id = j.organisation_id and s.job_id = j.job_id order by s.step desc limit 1) s
      where c.organisation_id = :organisation and c.invoice_id = o.invoice_id and s.to_state in ('open', 'in_progress') order by j.job_id limit 1) as collecting
  from open_invoice o
  left join lateral (
    select d.* from billing.dunning_step d where d.organisation_id = :organisation and d.invoice_id = o.invoice_id and d.episode = o.episode order by d.ordinal desc limit 1) d on true),
claimed as (
  select p.customer_id, c.claim_id, r.receipt_number as number, c.currency, coalesce(last.open_after, c.amount_minor) as open_minor,
    (c.recorded_at at time zone p.zone)::date as since_on, d.ordinal, d.kind, d.days_after, d.base_on, d.taken_on
  from person p
  cross join lateral (select c.* from billing.claim c where c.organisation_id = :organisation and c.customer_id = p.customer_id offset 0) c
  cross join lateral (
    select r.receipt_number from billing.receipt r where r.organisation_id = :organisation and r.payment_id = c.payment_id limit 1) r
  left join lateral (
    select s.open_after from billing.claim_step s where s.organisation_id = :organisation and s.claim_id = c.claim_id order by s.step desc limit 1) last on true
  left join lateral (
    select d.* from billing.claim_reminder d where d.organisation_id = :organisation and d.claim_id = c.claim_id order by d.ordinal desc limit 1) d on true
  where coalesce(last.open_after, c.amount_minor) > 0),
hold as (
  select p.customer_id, h.hold_id, h.kind, h.invoice_id, h.contested_minor, h.until_on from person p
  join billing.dunning_hold h on h.organisation_id = :organisation and h.customer_id = p.customer_id
  where (h.until_on is null or h.until_on > p.today)
    and not exists (select from billing.dunning_hold_release r where r.organisation_id = h.organisation_id and r.hold_id = h.hold_id offset 0)),
promise as (
  select p.customer_id, m.promise_id, m.amount_minor, m.currency, m.pay_by from person p
  cross join lateral (
    select m.* from billing.payment_promise m where m.organisation_id = :organisation and m.customer_id = p.customer_id order by m.made_at desc, m.promise_id desc limit 1) m
  where m.pay_by >= p.today and m.amount_minor > (
    select coalesce(sum(b.amount_minor), 0) from billing.payment b
    where b.organisation_id = :organisation and b.customer_id = p.customer_id and b.currency = m.currency and b.recorded_at >= m.made_at
      and not exists (select from billing.payment_reversal v where v.organisation_id = b.organisation_id and v.payment_id = b.payment_id offset 0))),
service as (
  select p.customer_id, s.subscription_id, h.to_state as state, 'unpaid' = any (h.reasons_after) as unpaid, h.paid_until_on + s.grace_days as cut_off_from,
    (:at::timestamptz at time zone s.zone)::date >= h.paid_until_on + s.grace_days as grace_over, n.invoice_id as open_invoice_id
  from person p
  join subscriptions.subscription s on s.organisation_id = :organisation and s.customer_id = p.customer_id
  cross join lateral (
    select t.* from subscriptions.subscription_step t
    where t.organisation_id = s.organisation_id and t.subscription_id = s.subscription_id order by t.step desc limit 1) h
  left join subscriptions.period n on n.organisation_id = s.organisation_id and n.subscription_id = s.subscription_id and n.number = h.paid_number + 1
  where h.to_state <> 'ended'),
place as (
  select p.customer_id, t.site_id, t.jurisdiction, exists (
      select from subscriptions.subscription s where s.organisation_id = :organisation and s.customer_id = t.customer_id and s.site_id = t.site_id) as served
  from person p join customers.site t on t.organisation_id = :organisation and t.customer_id = p.customer_id),
-- include: subscriptions/in_incident
,
-- include: billing/money_at_bank
select p.customer_id, p.name, p.zone,
  coalesce((select jsonb_agg(distinct jurisdiction order by jurisdiction) from place l where l.customer_id = p.customer_id), '[]'::jsonb),
  (select site_id from place l where l.customer_id = p.customer_id order by served desc, site_id limit 1),
  coalesce((select jsonb_agg(to_jsonb(d) order by due_on, invoice_id) from done d where d.customer_id = p.customer_id), '[]'::jsonb),
  coalesce((select jsonb_agg(to_jsonb(c) order by since_on, claim_id) from claimed c where c.customer_id = p.customer_id), '[]'::jsonb),
  coalesce((select jsonb_agg(to_jsonb(h) order by hold_id) from hold h where h.customer_id = p.customer_id), '[]'::jsonb),
  (select to_jsonb(m) from promise m where m.customer_id = p.customer_id),
  coalesce((select jsonb_agg(to_jsonb(s) order by subscription_id) from service s where s.customer_id = p.customer_id), '[]'::jsonb),
  exists (select from customers.contact c where c.organisation_id = :organisation and c.customer_id = p.customer_id and c.channel = 'email' offset 0),
  coalesce((select jsonb_agg(to_jsonb(m) order by booked_on, line_id) from money m where m.customer_id = p.customer_id), '[]'::jsonb),
  exists (select from billing.bank_waiting w where w.organisation_id = :organisation and w.judged_at is null offset 0),
  coalesce((select jsonb_agg(to_jsonb(i) order by until_at, incident_id) from in_incident i where i.customer_id = p.customer_id), '[]'::jsonb)
from person p order by p.customer_id

-- query: dunned_customers
-- Who owes what is overdue, or hasn't been told yet that it is open again; the rule judges each of them again.
with
-- include: billing/debts
,
debtor as (
  select d.customer_id, d.from_on from billing.debtor d
  where d.organisation_id = :organisation and d.from_on < (:at::timestamptz at time zone 'UTC')::date + 1 and d.customer_id > :after
    and not exists (select from debts_moved m where m.customer_id = d.customer_id)
  union all
  select customer_id, from_on from debts where customer_id > :after)
select d.customer_id from debtor d
cross join lateral (select c.zone from customers.customer c where c.organisation_id = :organisation and c.customer_id = d.customer_id limit 1) c
where d.from_on < (:at::timestamptz at time zone c.zone)::date
order by d.customer_id limit :limit + 1

-- verb: find_debtors
-- Whoever's account changed since the last time is a debtor from a day on, or none any more. Of two at once the later one finds the cursor moved, and does nothing.
with
-- include: billing/debts
,
-- All before the oldest running transaction is over: what has still to appear comes after.
reach as (
  select epoch, transaction_id from (
    select * from debt_until union all values (kit.present_epoch(), pg_snapshot_xmin(pg_current_snapshot())::text::bigint)) r
  order by epoch, transaction_id limit 1),
moved as (
  insert into billing.debtor_cursor as c (organisation_id, until_epoch, until_transaction)
  select :organisation::uuid, epoch, transaction_id from reach
  on conflict (organisation_id) do update set until_epoch = excluded.until_epoch, until_transaction = excluded.until_transaction
  where (c.until_epoch, c.until_transaction) = (select k.epoch, k.transaction_id from debt_cursor k)
  returning organisation_id),
owing as (
  insert into billing.debtor as d (organisation_id, customer_id, from_on)
  select m.organisation_id, o.customer_id, o.from_on from moved m cross join debts o
  on conflict (organisation_id, customer_id) do update set from_on = excluded.from_on where d.from_on <> excluded.from_on),
even as (
  delete from billing.debtor d using moved m, debts_moved c
  where d.organisation_id = m.organisation_id and d.customer_id = c.customer_id and not exists (select from debts o where o.customer_id = c.customer_id)),
happened as (
  select null::text as kind, null::uuid as customer_id, null::text as subject_kind, null::uuid as subject_id, null::jsonb as body where false),
answer as (select 200 as status, null::text as code, jsonb_build_object('more', exists (
    select from reach r join debt_until u on (u.epoch, u.transaction_id) = (r.epoch, r.transaction_id) cross join debt_cursor c where (r.epoch, r.transaction_id) > (c.epoch, c.transaction_id)))
  as body)

-- query: dunning_history
select * from (
  select d.invoice_id, null::uuid as claim_id, d.episode, d.ordinal, d.kind, d.taken_at, d.taken_by, d.open_minor, d.currency, d.policy_version, d.job_id
  from billing.dunning_step d where d.organisation_id = :organisation and d.customer_id = :customer_id
  union all
  select null, c.claim_id, 0, d.ordinal, d.kind, d.taken_at, d.taken_by, d.open_minor, d.currency, d.policy_version, null
  from billing.claim c join billing.claim_reminder d on d.organisation_id = c.organisation_id and d.claim_id = c.claim_id
  where c.organisation_id = :organisation and c.customer_id = :customer_id) done
order by taken_at desc, invoice_id, claim_id, ordinal desc limit 100

-- verb: take_dunning_step
-- The one step that is due, as the rule judged it under the account's lock. An invoice that isn't open any more takes none.
with invoice as (
  select i.invoice_id, i.customer_id, i.currency, c.zone, coalesce(last.step, 0) as allocation_step, coalesce(last.open_after, i.total_minor) as open_minor,
    coalesce(last.written_off_after, 0) as written_off_minor
  from (select i.* from billing.invoice i where i.organisation_id = :organisation::uuid and i.invoice_id = :invoice_id::uuid limit 1) i
  cross join lateral (select c.zone from customers.customer c where c.organisation_id = :organisation::uuid and c.customer_id = i.customer_id limit 1) c
  left join lateral (
    select a.step, a.open_after, a.written_off_after from billing.allocation a where a.organisation_id = :organisation::uuid and a.invoice_id = i.invoice_id order by a.step desc limit 1) last on true),
step as (
  insert into billing.dunning_step (organisation_id, invoice_id, customer_id, currency, episode, ordinal, kind, policy_version, base_on, previous_on, days_before, days_after, zone,
    taken_at, allocation_step, open_minor, job_id, taken_by)
  select :organisation::uuid, invoice_id, customer_id, currency, :episode::int, :ordinal::int, :kind::text, :policy_version::int, :base_on::date, :previous_on::date,
    :days_before::int, :days_after::int, zone, :at::timestamptz, allocation_step, open_minor, :job_id::uuid, :actor::text
  from invoice where open_minor > 0 and written_off_minor = 0
  returning invoice_id, customer_id, currency, episode, ordinal, kind, open_minor, days_after),
lapsing as (select s.subscription_id from step cross join unnest(:subscription_ids::uuid[]) as s (subscription_id)),
-- include: subscriptions/lapse
,
happened as (
  select case kind when 'tell' then 'reversal_told' when 'remind' then 'payment_reminded' when 'call' then 'dunning_call_wanted' when 'suspend' then 'cut_off_for_arrears'
      when 'collect' then 'collection_wanted' else 'end_proposed' end as kind, customer_id, 'invoice' as subject_kind, invoice_id as subject_id,
    jsonb_strip_nulls(jsonb_build_object('open_minor', open_minor, 'currency', currency, 'days_after', days_after, 'job_id', :job_id::uuid)) as body
  from step
  union all
  select kind, customer_id, subject_kind, subject_id, body from lapse_facts),
wanted as (
  select gen_random_uuid() as task_id, 'send_notice' as kind, invoice_id as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('notice', case kind when 'tell' then 'payment_reversed' else 'payment_reminder' end, 'customer_id', customer_id) as body
  from step where kind in ('tell', 'remind')
  union all
  select task_id, kind, subject_id, due_at, body from lapse_tasks),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('customer_id', customer_id, 'invoice_id', invoice_id, 'kind', kind, 'ordinal', ordinal, 'job_id', :job_id::uuid,
    'cut_off', coalesce((select jsonb_agg(subscription_id order by subscription_id) from lapsed), '[]'::jsonb)) as body
  from step
  union all
  select 409, 'NOTHING_TO_DUN', '{}'::jsonb where not exists (select from step))

-- verb: remind_of_claim
-- The one step that is due of what is owed by no invoice, as the rule judged it under the account's lock. What isn't open any more takes none.
with claim as (
  select c.claim_id, c.customer_id, c.currency, c.amount_minor as total_minor, p.zone, coalesce(last.step, 0) as claim_step, coalesce(last.open_after, c.amount_minor) as open_minor
  from (select c.* from billing.claim c where c.organisation_id = :organisation::uuid and c.claim_id = :claim_id::uuid limit 1) c
  cross join lateral (select p.zone from customers.customer p where p.organisation_id = :organisation::uuid and p.customer_id = c.customer_id limit 1) p
  left join lateral (
    select s.step, s.open_after from billing.claim_step s where s.organisation_id = :organisation::uuid and s.claim_id = c.claim_id order by s.step desc limit 1) last on true),
step as (
  insert into billing.claim_reminder (organisation_id, claim_id, customer_id, currency, total_minor, ordinal, kind, policy_version, base_on, previous_on, days_before, days_after, zone,
    taken_at, claim_step, open_minor, taken_by)
  select :organisation::uuid, claim_id, customer_id, currency, total_minor, :ordinal::int, :kind::text, :policy_version::int, :base_on::date, :previous_on::date, :days_before::int,
    :days_after::int, zone, :at::timestamptz, claim_step, open_minor, :actor::text
  from claim where open_minor > 0
  returning claim_id, customer_id, currency, ordinal, kind, open_minor, days_after),
happened as (
  select case kind when 'tell' then 'claim_told' when 'remind' then 'claim_reminded' else 'claim_call_wanted' end as kind, customer_id, 'claim' as subject_kind, claim_id as subject_id,
    jsonb_build_object('open_minor', open_minor, 'currency', currency, 'days_after', days_after) as body
  from step),
wanted as (
  select md5('claim' || claim_id || ordinal)::uuid as task_id, 'send_notice' as kind, claim_id as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('notice', 'claim_reminder', 'customer_id', customer_id) as body
  from step where kind in ('tell', 'remind')),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('customer_id', customer_id, 'claim_id', claim_id, 'kind', kind, 'ordinal', ordinal, 'cut_off', '[]'::jsonb) as body
  from step
  union all
  select 409, 'NOTHING_TO_DUN', '{}'::jsonb where not exists (select from step))

-- verb: cut_off
-- Suspends as unpaid what isn't paid for and whose grace is over, as it stands at this moment.
with lapsing as (select :subscription_id::uuid as subscription_id),
-- include: subscriptions/lapse
,
happened as (select kind, customer_id, subject_kind, subject_id, body from lapse_facts),
wanted as (select task_id, kind, subject_id, due_at, body from lapse_tasks),
answer as (
  select 201 as status, null::text as code,
    jsonb_build_object('id', subscription_id, 'state', to_state, 'reasons', reasons_after, 'paid_through_on', paid_until_on - 1, 'version', step) as body
  from lapsed)

-- verb: place_dunning_hold
with told as (select :hold_id::uuid as hold_id, :customer_id::uuid as customer_id, :kind::text as kind, :invoice_id::uuid as invoice_id, :contested_minor::bigint as contested_minor, :until_on::date as until_on, :note::text as note),
person as (
  select c.customer_id, (:at::timestamptz at time zone c.zone)::date as today from told
  cross join lateral (select c.* from customers.customer c where c.organisation_id = :organisation::uuid and c.customer_id = told.customer_id limit 1) c),
invoice as (
  select i.invoice_id, i.currency from told
  cross join lateral (
    select i.* from billing.invoice i where i.organisation_id = :organisation::uuid and i.invoice_id = told.invoice_id and i.customer_id = told.customer_id limit 1) i),
known as (
  select h.hold_id, (h.customer_id, h.kind, h.invoice_id, h.contested_minor, h.until_on, h.note) is not distinct from (told.customer_id, told.kind, told.invoice_id, told.contested_minor, told.until_on, told.note) as same
  from told cross join lateral (select h.* from billing.dunning_hold h where h.organisation_id = :organisation::uuid and h.hold_id = told.hold_id limit 1) h),
verdict as (
  select case when exists (select from known where same) then 'KNOWN' when exists (select from known) then 'ID_TAKEN'
    when told.invoice_id is not null and not exists (select from invoice) or told.until_on <= person.today then 'HOLD_UNCLEAR' else 'DONE' end as code
  from told cross join person),
placed as (
  insert into billing.dunning_hold (organisation_id, hold_id, customer_id, kind, invoice_id, currency, contested_minor, until_on, note, placed_by, placed_at)
  select :organisation::uuid, told.hold_id, told.customer_id, told.kind, told.invoice_id, invoice.currency, told.contested_minor, told.until_on, told.note, :actor::text, :at::timestamptz
  from told cross join verdict left join invoice on true where code = 'DONE'
  returning hold_id, customer_id, kind, invoice_id),
happened as (
  select 'dunning_held' as kind, customer_id, case when invoice_id is null then 'customer' else 'invoice' end as subject_kind, coalesce(invoice_id, customer_id) as subject_id,
    jsonb_build_object('hold_id', hold_id) as body
  from placed),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', hold_id) as body from placed
  union all
  select case code when 'KNOWN' then 200 when 'ID_TAKEN' then 409 else 422 end, nullif(code, 'KNOWN'), case code when 'KNOWN' then jsonb_build_object('id', :hold_id::uuid) else '{}'::jsonb end
  from verdict where code <> 'DONE')

-- verb: release_dunning_hold
with hold as (
  select h.hold_id, h.customer_id, h.invoice_id, h.contested_minor is not null and not :decided::boolean as contested, exists (
      select from billing.dunning_hold_release r where r.organisation_id = :organisation::uuid and r.hold_id = h.hold_id offset 0) as released
  from billing.dunning_hold h where h.organisation_id = :organisation::uuid and h.hold_id = :hold_id::uuid limit 1),
released as (
  insert into billing.dunning_hold_release (organisation_id, hold_id, released_by, released_at)
  select :organisation::uuid, hold_id, :actor::text, :at::timestamptz from hold where not released and not contested),
happened as (
  select 'dunning_released' as kind, customer_id, case when invoice_id is null then 'customer' else 'invoice' end as subject_kind, coalesce(invoice_id, customer_id) as subject_id,
    jsonb_build_object('hold_id', hold_id) as body
  from hold where not released and not contested),
answer as (
  select case when contested and not released then 409 else 200 end as status, case when contested and not released then 'HOLD_OF_OBJECTION' end as code,
    case when contested and not released then '{}'::jsonb else jsonb_build_object('id', hold_id) end as body from hold)

-- verb: promise_payment
-- One at a time; what is promised is at most what is owed.
with person as (
  select c.customer_id, c.zone, (:at::timestamptz at time zone c.zone)::date as today from customers.customer c
  where c.organisation_id = :organisation::uuid and c.customer_id = :customer_id::uuid limit 1),
known as (
  select m.promise_id, (m.customer_id, m.amount_minor, m.currency, m.pay_by) is not distinct from (:customer_id::uuid, :amount_minor::bigint, :currency::text, :pay_by::date) as same
  from billing.payment_promise m where m.organisation_id = :organisation::uuid and m.promise_id = :promise_id::uuid limit 1),
owed as (
  select coalesce(sum(coalesce(last.open_after, i.total_minor)), 0) as owed_minor
  from person p
  cross join lateral (
    select i.* from billing.invoice i where i.organisation_id = :organisation::uuid and i.customer_id = p.customer_id and i.currency = :currency::text offset 0) i
  left join lateral (
    select a.open_after from billing.allocation a where a.organisation_id = :organisation::uuid and a.invoice_id = i.invoice_id order by a.step desc limit 1) last on true),
verdict as (
  select case when exists (select from known where same) then 'KNOWN' when exists (select from known) then 'ID_TAKEN'
    when :running::boolean then 'PROMISE_RUNNING' when owed_minor < :amount_minor::bigint then 'PROMISED_MORE_THAN_OWED'
    when not :pay_by::date between today and today + :longest_days::int then 'PROMISE_TOO_FAR' else 'DONE' end as code
  from person cross join owed),
promised as (
  insert into billing.payment_promise (organisation_id, promise_id, customer_id, amount_minor, currency, pay_by, zone, longest_days, made_by, made_at)
  select :organisation::uuid, :promise_id::uuid, customer_id, :amount_minor::bigint, :currency::text, :pay_by::date, zone, :longest_days::int, :actor::text, :at::timestamptz
  from person cross join verdict where code = 'DONE'
  returning promise_id, customer_id),
happened as (
  select 'payment_promised' as kind, customer_id, 'payment' as subject_kind, promise_id as subject_id,
    jsonb_build_object('amount_minor', :amount_minor::bigint, 'currency', :currency::text, 'pay_by', :pay_by::date) as body
  from promised),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', promise_id) as body from promised
  union all
  select case when code = 'KNOWN' then 200 when code in ('ID_TAKEN', 'PROMISE_RUNNING') then 409 else 422 end, nullif(code, 'KNOWN'),
    case code when 'KNOWN' then jsonb_build_object('id', :promise_id::uuid) else '{}'::jsonb end
  from verdict where code <> 'DONE')

-- query: lapsed_services
-- Whose grace is over and who isn't suspended for it yet.
with
-- include: subscriptions/lapses
,
lapsing as (
  select d.subscription_id, d.customer_id, d.from_on from subscriptions.lapsing d
  where d.organisation_id = :organisation and d.from_on < (:at::timestamptz at time zone 'UTC')::date + 2 and d.subscription_id > :after
    and not exists (select from lapses_moved m where m.subscription_id = d.subscription_id)
  union all
  select subscription_id, customer_id, from_on from lapses where subscription_id > :after)
select d.subscription_id, d.customer_id
from lapsing d
cross join lateral (select s.zone from subscriptions.subscription s where s.organisation_id = :organisation and s.subscription_id = d.subscription_id limit 1) s
where (:at::timestamptz at time zone s.zone)::date >= d.from_on
  -- what waits to take over has no service yet
  and not exists (
    select from subscriptions.plan_change c
    where c.organisation_id = :organisation and c.successor_id = d.subscription_id and not exists (
      select from subscriptions.plan_change_end e where e.organisation_id = c.organisation_id and e.successor_id = c.successor_id offset 0) offset 0)
order by d.subscription_id limit :limit
