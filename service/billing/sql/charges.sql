-- query: renewals_to_bill
-- Subscriptions whose next period is to be billed so long ahead that its customer can be told of the charge: those of customers with a method that can be charged.
select distinct on (s.subscription_id) s.subscription_id
from billing.saved_method m
cross join lateral (
  select t.live from billing.saved_method_step t where t.organisation_id = m.organisation_id and t.method_id = m.method_id order by t.step desc limit 1) t
join billing.charge_consent c on c.organisation_id = m.organisation_id and c.consent_id = m.consent_id
join subscriptions.subscription s on s.organisation_id = m.organisation_id and s.customer_id = m.customer_id
cross join lateral (
  select h.* from subscriptions.subscription_step h
  where h.organisation_id = s.organisation_id and h.subscription_id = s.subscription_id order by h.step desc limit 1) h
where m.organisation_id = :organisation and t.live and h.to_state = 'active'
  and h.paid_until_on - c.notice_days <= (:at::timestamptz at time zone s.zone)::date
  and not exists (
    select from subscriptions.period p
    where p.organisation_id = s.organisation_id and p.subscription_id = s.subscription_id and p.number > h.paid_number offset 0)
  -- what was refused is for a person to look at, and isn't tried again before tomorrow
  and not exists (
    select from billing.posting_attempt a
    where a.organisation_id = s.organisation_id and a.customer_id = s.customer_id and a.verdict = 'refused' and a.attempted_at > :at::timestamptz - interval '1 day' offset 0)
order by s.subscription_id limit 500

-- query: charges_due
-- What may be charged now, judged again under the account's lock; and where the customer is, whose nights and days of rest are kept.
with
-- include: billing/charged_customers
,
notice as (
  select n.*, (:at::timestamptz at time zone n.zone)::date as today
  from open_invoices i
  cross join lateral (
    select n.* from billing.charge_notice n
    where n.organisation_id = :organisation and n.invoice_id = i.invoice_id and n.consent_id = i.consent_id order by n.turn desc limit 1) n
  where (:at::timestamptz at time zone n.zone)::date >= n.charge_on),
-- include: billing/charge_spared
,
person as (
  select distinct n.customer_id, c.name from notice n join customers.customer c on c.organisation_id = n.organisation_id and c.customer_id = n.customer_id),
-- include: billing/money_at_bank
select n.invoice_id, n.zone, coalesce((
    select jsonb_agg(distinct s.jurisdiction order by s.jurisdiction) from customers.site s where s.organisation_id = n.organisation_id and s.customer_id = n.customer_id), '[]'::jsonb)
from notice n
left join lateral (
  select g.attempt_id, g.ordinal from billing.charge g
  where g.organisation_id = n.organisation_id and g.invoice_id = n.invoice_id and g.consent_id = n.consent_id and g.turn = n.turn order by g.ordinal desc limit 1) g on true
left join billing.charge_failure f on f.organisation_id = n.organisation_id and f.attempt_id = g.attempt_id
where (g.attempt_id is null or f.verdict = 'again' and g.ordinal <= cardinality(:retry_days::int[])
    and n.today >= (f.failed_at at time zone n.zone)::date + (:retry_days::int[])[g.ordinal])
  and not exists (select from spared s where s.invoice_id = n.invoice_id)
  and not exists (select from money m where m.customer_id = n.customer_id)
  and not exists (select from billing.bank_waiting w where w.organisation_id = :organisation and w.judged_at is null offset 0)
  and not exists (
    select from billing.collection_attempt a
    where a.organisation_id = n.organisation_id and a.invoice_id = n.invoice_id and a.state in ('begun', 'open', 'processing') offset 0)
order by n.charge_on, n.invoice_id limit 500

-- query: may_be_at_bank
-- Whether money that waits at the bank may be of whoever owes an invoice: theirs to be decided, or looked at by nothing yet.
with person as (
  select c.customer_id, c.name from billing.invoice i
  join customers.customer c on c.organisation_id = i.organisation_id and c.customer_id = i.customer_id
  where i.organisation_id = :organisation and i.invoice_id = :invoice_id),
-- include: billing/money_at_bank
select exists (select from money) or exists (select from billing.bank_waiting w where w.organisation_id = :organisation and w.judged_at is null)

-- verb: begin_charge
-- The row is committed before the provider is called. Nothing is begun while another try to collect is open, nothing beyond what is open and not objected to, or the customer was told.
with invoice as (
  select i.invoice_id, i.customer_id, i.currency, coalesce(last.open_after, i.total_minor) - billing.contested_minor(:organisation::uuid, i.customer_id, i.invoice_id) as asked_minor
  from (select i.* from billing.invoice i where i.organisation_id = :organisation::uuid and i.invoice_id = :invoice_id::uuid limit 1) i
  left join lateral (
    select a.open_after from billing.allocation a where a.organisation_id = :organisation::uuid and a.invoice_id = i.invoice_id order by a.step desc limit 1) last on true),
-- include: billing/method_charged
,
notice as (
  select n.*, (:at::timestamptz at time zone n.zone)::date as today from invoice i cross join method_charged m
  cross join lateral (
    select n.* from billing.charge_notice n
    where n.organisation_id = :organisation::uuid and n.invoice_id = i.invoice_id and n.consent_id = m.consent_id order by n.turn desc limit 1) n),
-- include: billing/charge_spared
,
tried as (
  select g.ordinal, f.verdict, f.failed_at from notice n
  cross join lateral (
    select g.* from billing.charge g
    where g.organisation_id = :organisation::uuid and g.invoice_id = n.invoice_id and g.consent_id = n.consent_id and g.turn = n.turn order by g.ordinal desc limit 1) g
  left join lateral (
    select f.verdict, f.failed_at from billing.charge_failure f where f.organisation_id = :organisation::uuid and f.attempt_id = g.attempt_id limit 1) f on true),
passed as (
  select n.*, m.method_id, m.livemode, i.asked_minor, coalesce(t.ordinal, 0) + 1 as ordinal
  from invoice i cross join notice n cross join method_charged m left join tried t on true
  where i.asked_minor > 0 and n.today >= n.charge_on and not exists (select from spared)
    and (t.ordinal is null or coalesce(t.verdict = 'again' and t.ordinal <= cardinality(:retry_days::int[])
      and n.today >= (t.failed_at at time zone n.zone)::date + (:retry_days::int[])[t.ordinal], false))
    and not exists (
      select from billing.collection_attempt a
      where a.organisation_id = :organisation::uuid and a.invoice_id = i.invoice_id and a.state in ('begun', 'open', 'processing') offset 0)),
begun as (
  insert into billing.collection_attempt (organisation_id, attempt_id, invoice_id, customer_id, currency, amount_minor, livemode, state, way, begun_by, begun_at)
  select :organisation::uuid, :attempt_id::uuid, invoice_id, customer_id, currency, least(asked_minor, amount_minor), livemode, 'begun', 'saved', :actor::text, :at::timestamptz
  from passed
  returning attempt_id, invoice_id, customer_id, amount_minor, currency),
charge as (
  insert into billing.charge (organisation_id, attempt_id, invoice_id, customer_id, consent_id, method_id, turn, ordinal, amount_minor, noticed_minor, charge_on, zone, begun_at)
  select :organisation::uuid, b.attempt_id, b.invoice_id, b.customer_id, p.consent_id, p.method_id, p.turn, p.ordinal, b.amount_minor, p.amount_minor, p.charge_on, p.zone, :at::timestamptz
  from begun b cross join passed p),
happened as (
  select 'charge_begun' as kind, customer_id, 'attempt' as subject_kind, attempt_id as subject_id,
    jsonb_build_object('invoice_id', invoice_id, 'amount_minor', amount_minor, 'currency', currency) as body from begun),
wanted as (
  select attempt_id as task_id, 'charge_saved_method' as kind, attempt_id as subject_id, :at::timestamptz as due_at, '{}'::jsonb as body from begun),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('attempt_id', attempt_id, 'invoice_id', invoice_id) as body from begun
  union all
  select 409, 'NOTHING_TO_CHARGE', '{}'::jsonb where not exists (select from begun))

-- query: find_charge
-- Whoever disputes it, or promised to pay themselves, at the last moment is spared too; of what they objected to in part the rest is asked for.
with notice as (
  select g.invoice_id, g.customer_id, (:at::timestamptz at time zone g.zone)::date as today from billing.charge g
  where g.organisation_id = :organisation::uuid and g.attempt_id = :attempt_id::uuid limit 1),
-- include: billing/charge_spared
select a.attempt_id, a.invoice_id, a.state, jsonb_build_object('amount', a.amount_minor, 'currency', a.currency), a.provider_intent_id, p.provider_customer_id,
  m.provider_method_id, t.live, exists (select from spared), greatest(coalesce(last.open_after, i.total_minor) - billing.contested_minor(i.organisation_id, i.customer_id, i.invoice_id), 0), f.verdict, g.begun_at
from billing.charge g
join billing.invoice i on i.organisation_id = g.organisation_id and i.invoice_id = g.invoice_id
left join lateral (
  select o.open_after from billing.allocation o where o.organisation_id = i.organisation_id and o.invoice_id = i.invoice_id order by o.step desc limit 1) last on true
join billing.collection_attempt a on a.organisation_id = g.organisation_id and a.attempt_id = g.attempt_id
join billing.saved_method m on m.organisation_id = g.organisation_id and m.method_id = g.method_id
join billing.provider_customer p on p.organisation_id = g.organisation_id and p.customer_id = g.customer_id and p.livemode = m.livemode
cross join lateral (
  select t.live from billing.saved_method_step t where t.organisation_id = m.organisation_id and t.method_id = m.method_id order by t.step desc limit 1) t
left join billing.charge_failure f on f.organisation_id = g.organisation_id and f.attempt_id = g.attempt_id
where g.organisation_id = :organisation and g.attempt_id = :attempt_id

-- verb: note_charge_failure
-- Why a charge brought nothing, once, unless it was paid or called off by then. Where the customer can still confirm it the attempt stays theirs; else it is closed here and (by a task) at the provider.
with told as (
  select :attempt_id::uuid as attempt_id, :verdict::text as verdict),
charge as (
  select g.attempt_id, g.invoice_id, g.customer_id, g.consent_id, g.turn, g.ordinal, a.state
  from told
  cross join lateral (select g.* from billing.charge g where g.organisation_id = :organisation::uuid and g.attempt_id = told.attempt_id limit 1) g
  cross join lateral (select a.state from billing.collection_attempt a where a.organisation_id = :organisation::uuid and a.attempt_id = told.attempt_id limit 1) a),
known as (
  select f.attempt_id, f.verdict from told
  cross join lateral (select f.* from billing.charge_failure f where f.organisation_id = :organisation::uuid and f.attempt_id = told.attempt_id limit 1) f),
failed as (
  insert into billing.charge_failure (organisation_id, attempt_id, invoice_id, consent_id, turn, ordinal, verdict, code, advice, failed_at)
  select :organisation::uuid, attempt_id, invoice_id, consent_id, turn, ordinal, :verdict::text, :code::text, :advice::text, :at::timestamptz
  from charge where state in ('begun', 'open', 'processing') and not exists (select from known)
  returning attempt_id, verdict, code),
called_off as (
  update billing.collection_attempt a set state = 'closed' from failed f
  where a.organisation_id = :organisation::uuid and a.attempt_id = f.attempt_id and f.verdict <> 'ask_customer'
  returning a.attempt_id),
linked as (
  select :link_id::uuid as link_id, 'customer' as purpose, c.customer_id, null::uuid as subject_id, :link_expires_at::timestamptz as expires_at, :token_hash::bytea as token_hash
  from failed f join charge c using (attempt_id)),
-- include: identity/make_link
,
happened as (
  select 'charge_failed' as kind, c.customer_id, 'attempt' as subject_kind, c.attempt_id as subject_id,
    jsonb_build_object('invoice_id', c.invoice_id, 'verdict', f.verdict, 'code', f.code) as body from failed f join charge c using (attempt_id)),
wanted as (
  select md5('failed' || c.attempt_id)::uuid as task_id, 'send_notice' as kind, c.attempt_id as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('notice', 'charge_failed', 'customer_id', c.customer_id, 'link_id', :link_id::uuid) as body from failed f join charge c using (attempt_id)
  union all
  select md5('cancel' || attempt_id || 'failed')::uuid, 'cancel_attempt', attempt_id, :at::timestamptz, '{}'::jsonb from called_off),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('attempt_id', attempt_id, 'verdict', verdict) as body from failed
  union all
  select 200, null, jsonb_build_object('attempt_id', attempt_id, 'verdict', verdict) from known
  union all
  select 200, null, jsonb_build_object('attempt_id', attempt_id, 'verdict', null) from charge where state in ('succeeded', 'closed') and not exists (select from known))

-- query: charges_not_final
-- Charges of which nothing final was heard for a minute: a worker may have died between the provider's answer and ours.
select a.attempt_id from billing.collection_attempt a
left join billing.charge_failure f on f.organisation_id = a.organisation_id and f.attempt_id = a.attempt_id
where a.organisation_id = :organisation and a.way = 'saved' and a.state in ('begun', 'open', 'processing') and a.begun_at < :before::timestamptz
  and (f.verdict is null or a.begun_at < :abandoned::timestamptz)
order by a.begun_at limit 300

-- query: list_charges
-- Every charge by a saved method, the latest last. Keyset by id: ids are made in the order of time.
select g.attempt_id, g.invoice_id, i.series || '-' || i.number, g.customer_id, u.name, g.ordinal, jsonb_build_object('amount', coalesce(p.amount_minor, a.amount_minor), 'currency', a.currency), g.method_id, face.brand, face.last4,
  g.begun_at, case when a.state = 'succeeded' then 'paid' when f.verdict is not null then 'failed' when a.state = 'closed' then 'called_off' else 'running' end,
  p.payment_id,
  case when a.state <> 'succeeded' then f.verdict end, case when a.state <> 'succeeded' then f.code end, case when a.state <> 'succeeded' then f.advice end, case when a.state <> 'succeeded' then f.failed_at end
from billing.charge g
join billing.collection_attempt a on a.organisation_id = g.organisation_id and a.attempt_id = g.attempt_id
join billing.invoice i on i.organisation_id = g.organisation_id and i.invoice_id = g.invoice_id
join customers.customer u on u.organisation_id = g.organisation_id and u.customer_id = g.customer_id
left join lateral (
  select c.brand, c.last4 from billing.saved_method_face c where c.organisation_id = g.organisation_id and c.method_id = g.method_id order by c.step desc limit 1) face on true
left join billing.charge_failure f on f.organisation_id = g.organisation_id and f.attempt_id = g.attempt_id
left join lateral (
  select p.payment_id, p.amount_minor from billing.payment p
  where p.organisation_id = :organisation and p.key_kind = 'payment_intent' and p.key = a.provider_intent_id limit 1) p on true
where g.organisation_id = :organisation and g.attempt_id > :after::uuid and g.customer_id = coalesce(:customer_id::uuid, g.customer_id)
order by g.attempt_id limit :limit::int + 1

-- query: failed_charges
-- What failed and concerns its customer still: the last try of what is open, not announced anew since, and of what they were to confirm what they still can.
select g.attempt_id, i.series || '-' || i.number, jsonb_build_object('amount', a.amount_minor, 'currency', a.currency), f.verdict
from billing.charge g
join billing.charge_failure f on f.organisation_id = g.organisation_id and f.attempt_id = g.attempt_id
join billing.collection_attempt a on a.organisation_id = g.organisation_id and a.attempt_id = g.attempt_id
join billing.invoice i on i.organisation_id = g.organisation_id and i.invoice_id = g.invoice_id
left join lateral (
  select o.open_after from billing.allocation o where o.organisation_id = i.organisation_id and o.invoice_id = i.invoice_id order by o.step desc limit 1) last on true
where g.organisation_id = :organisation and g.customer_id = :customer_id and coalesce(last.open_after, i.total_minor) > 0
  and a.state = case f.verdict when 'ask_customer' then 'open' else 'closed' end
  and not exists (select from billing.charge l where l.organisation_id = g.organisation_id and l.invoice_id = g.invoice_id and l.begun_at > g.begun_at)
  and not exists (select from billing.charge_notice n where n.organisation_id = g.organisation_id and n.invoice_id = g.invoice_id and n.notified_at > f.failed_at)
order by g.attempt_id limit 100

-- query: planned_charges
-- What is still open of what the customer was told of, under the consent that is in force, and what they object to left out.
select n.invoice_id, i.series || '-' || i.number, jsonb_build_object('amount', least(n.amount_minor, asked.minor), 'currency', n.currency), n.charge_on, n.notified_at,
  coalesce(g.ordinal, 0), case when f.verdict = 'again' then (f.failed_at at time zone n.zone)::date + (:retry_days::int[])[g.ordinal] end
from billing.charge_notice n
join billing.invoice i on i.organisation_id = n.organisation_id and i.invoice_id = n.invoice_id
join billing.saved_method m on m.organisation_id = n.organisation_id and m.consent_id = n.consent_id
cross join lateral (
  select t.live from billing.saved_method_step t where t.organisation_id = m.organisation_id and t.method_id = m.method_id order by t.step desc limit 1) t
left join lateral (
  select a.open_after from billing.allocation a where a.organisation_id = i.organisation_id and a.invoice_id = i.invoice_id order by a.step desc limit 1) last on true
cross join lateral (select coalesce(last.open_after, i.total_minor) - billing.contested_minor(i.organisation_id, i.customer_id, i.invoice_id) as minor) asked
left join lateral (
  select g.attempt_id, g.ordinal from billing.charge g
  where g.organisation_id = n.organisation_id and g.invoice_id = n.invoice_id and g.consent_id = n.consent_id and g.turn = n.turn order by g.ordinal desc limit 1) g on true
left join billing.collection_attempt a on a.organisation_id = n.organisation_id and a.attempt_id = g.attempt_id
left join billing.charge_failure f on f.organisation_id = n.organisation_id and f.attempt_id = g.attempt_id
where n.organisation_id = :organisation and n.customer_id = :customer_id and t.live and not exists (
    select from billing.charge_notice l where l.organisation_id = n.organisation_id and l.invoice_id = n.invoice_id and l.consent_id = n.consent_id and l.turn > n.turn offset 0)
  and asked.minor > 0
  and (g.attempt_id is null or f.verdict is null and a.state in ('begun', 'open', 'processing') or f.verdict = 'again' and g.ordinal <= cardinality(:retry_days::int[]))
order by n.charge_on, n.invoice_id limit 100
