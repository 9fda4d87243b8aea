-- query: list_renewal_calls
-- Who is to be called, as of now: nothing is copied, so nobody can work from an old list.
select s.subscription_id, s.customer_id, c.name, s.reference, h.to_state, h.reasons_after, h.paid_until_on - 1, to_char(:at::timestamptz at time zone s.zone, 'YYYY-MM-DD"T"HH24:MI:SS'),
  jsonb_build_object('amount', s.amount_minor, 'currency', s.currency), p.invoice_id, called.outcome, called.called_at, called.called_by
from subscriptions.subscription s
join customers.customer c on c.organisation_id = s.organisation_id and c.customer_id = s.customer_id
cross join lateral (
  select t.* from subscriptions.subscription_step t
  where t.organisation_id = s.organisation_id and t.subscription_id = s.subscription_id order by t.step desc limit 1) h
left join subscriptions.period p on p.organisation_id = s.organisation_id and p.subscription_id = s.subscription_id and p.number = h.paid_number + 1
left join lateral (
  select r.outcome, r.called_at, r.called_by from subscriptions.renewal_call r
  where r.organisation_id = s.organisation_id and r.subscription_id = s.subscription_id order by r.called_at desc, r.call_id desc limit 1) called on true
where s.organisation_id = :organisation and subscriptions.call_due(h.to_state, h.reasons_after, h.paid_until_on, (:at::timestamptz at time zone s.zone)::date)
  and (h.paid_until_on, s.subscription_id) > (:after_on::date, :after_id::uuid)
order by h.paid_until_on, s.subscription_id limit :limit + 1

-- verb: log_renewal_call
-- Judged as of now, under the account's lock: a call about somebody who has renewed is refused with what happened.
with
-- include: subscriptions/head
,
judged as (
  select h.*, subscriptions.call_due(h.state, h.reasons, h.paid_until_on, h.today) as due
  from head h),
known as (
  select r.call_id, (r.subscription_id, r.outcome) = (:subscription_id::uuid, :outcome::text) as same
  from subscriptions.renewal_call r where r.organisation_id = :organisation and r.call_id = :call_id::uuid),
logged as (
  insert into subscriptions.renewal_call (organisation_id, call_id, subscription_id, customer_id, outcome, subscription_step, called_by, called_at)
  select :organisation, :call_id::uuid, subscription_id, customer_id, :outcome, step, :actor, :at from judged where due and not exists (select from known)
  returning call_id, subscription_id, customer_id, outcome),
-- The payment of the last period paid, and what its fact says of where and how.
payment as (
  select t.payment_id, t.happened_at, f.actor, f.body ->> 'method' as method, f.body ->> 'receipt_number' as receipt_number, f.body ->> 'taken_by' as taken_by,
    f.body ->> 'visit_id' as visit_id, to_char(t.happened_at at time zone j.zone, 'HH24:MI') as clock, (t.happened_at at time zone j.zone)::date as paid_on, j.today
  from judged j
  join subscriptions.paid_period t on t.organisation_id = :organisation and t.subscription_id = j.subscription_id and t.number = j.paid_number and t.step = j.paid_step
  left join lateral (
    select f.actor, f.body from kit.fact f
    where f.organisation_id = :organisation and f.subject_id = t.payment_id and f.kind = 'payment_recorded' order by f.sequence desc limit 1) f on true),
told as (
  select p.*, case when p.method = 'cash' or p.visit_id is not null then 'at the door' when p.method is null then 'by a payment' else 'by ' || p.method end as how from payment p),
refusal as (
  select j.subscription_id, j.customer_id, case when j.state = 'ended' then 'SUBSCRIPTION_ENDED' when t.payment_id is null then 'RENEWAL_NOT_DUE' else 'ALREADY_RENEWED' end as code,
    case when j.state = 'ended' or t.payment_id is null then jsonb_build_object('paid_through_on', j.paid_until_on - 1)
      else jsonb_build_object('detail', 'Renewed ' || case when t.paid_on = t.today then '' else 'on ' || t.paid_on::text || ' ' end || 'at ' || t.clock || ', ' || t.how || '.',
        'renewed', jsonb_strip_nulls(jsonb_build_object('at', t.happened_at, 'local_time', t.clock, 'how', t.how, 'by', coalesce('staff:' || t.taken_by, t.actor), 'method', t.method,
          'visit_id', t.visit_id, 'payment_id', t.payment_id, 'receipt_number', t.receipt_number, 'paid_through_on', j.paid_until_on - 1))) end as body
  from judged j left join told t on true where not j.due and not exists (select from known)),
happened as (
  select 'renewal_call_logged' as kind, customer_id, 'subscription' as subject_kind, subscription_id as subject_id, jsonb_build_object('call_id', call_id, 'outcome', outcome) as body from logged
  union all
  select 'renewal_call_refused', customer_id, 'subscription', subscription_id, jsonb_build_object('code', code) from refusal),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', call_id, 'subscription_id', subscription_id, 'outcome', outcome) as body from logged
  union all
  select case when same then 200 else 409 end, case when same then null else 'ID_TAKEN' end,
    case when same then jsonb_build_object('id', call_id, 'subscription_id', :subscription_id::uuid, 'outcome', :outcome::text) else '{}'::jsonb end from known
  union all
  select 409, code, body from refusal)
