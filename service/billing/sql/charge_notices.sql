-- query: notices_due
-- Open invoices of customers with a method that can be charged who weren't told of the charge yet.
with
-- include: billing/charged_customers
select i.invoice_id from open_invoices i
where not exists (
  select from billing.charge_notice n where n.organisation_id = :organisation and n.invoice_id = i.invoice_id and n.consent_id = i.consent_id offset 0)
order by i.invoice_id limit 500

-- verb: notify_charge
-- Tells the customer which sum is charged from which day on, what they object to left out: the day that it is due, or so many days from now as they agreed to. Once by itself; anew where they agreed to it
-- and nothing else comes of what was told before.
with invoice as (
  select i.invoice_id, i.customer_id, i.currency, i.due_on,
    greatest(coalesce(last.open_after, i.total_minor) - billing.contested_minor(:organisation::uuid, i.customer_id, i.invoice_id), 0) as asked_minor
  from (select i.* from billing.invoice i where i.organisation_id = :organisation::uuid and i.invoice_id = :invoice_id::uuid limit 1) i
  left join lateral (
    select a.open_after from billing.allocation a where a.organisation_id = :organisation::uuid and a.invoice_id = i.invoice_id order by a.step desc limit 1) last on true),
person as (
  select c.customer_id, c.zone, (:at::timestamptz at time zone c.zone)::date as today from invoice i
  cross join lateral (select c.* from customers.customer c where c.organisation_id = :organisation::uuid and c.customer_id = i.customer_id limit 1) c),
-- include: billing/method_charged
,
announced as (
  select n.invoice_id, n.consent_id, n.turn from invoice i cross join method_charged m
  cross join lateral (
    select n.* from billing.charge_notice n
    where n.organisation_id = :organisation::uuid and n.invoice_id = i.invoice_id and n.consent_id = m.consent_id order by n.turn desc limit 1) n),
-- include: billing/charge_over
,
-- First of these that holds.
verdict as (
  select case
    when i.asked_minor = 0 then 'NOTHING_TO_CHARGE'
    when m.method_id is null then 'NO_SAVED_METHOD'
    when :agreement::text is null then case when exists (select from announced) then 'NOTHING_TO_CHARGE' else 'DONE' end
    when exists (select from charge_over where refused) then 'METHOD_REFUSED'
    when exists (select from charge_over) then 'DONE'
    else 'NOTHING_TO_CHARGE' end as code
  from invoice i left join method_charged m on true),
told as (
  insert into billing.charge_notice (organisation_id, invoice_id, customer_id, currency, consent_id, notice_days, turn, agreement, begun_anew_by, amount_minor, zone, notified_at, charge_on)
  select :organisation::uuid, i.invoice_id, i.customer_id, i.currency, m.consent_id, m.notice_days, coalesce(o.turn, 0) + 1, :agreement::text,
    case when :agreement::text is not null then :actor::text end, i.asked_minor, p.zone, :at::timestamptz, greatest(i.due_on, p.today + m.notice_days)
  from verdict v cross join invoice i cross join person p cross join method_charged m left join charge_over o on true
  where v.code = 'DONE'
  returning invoice_id, customer_id, currency, amount_minor, charge_on, turn),
happened as (
  select case turn when 1 then 'charge_announced' else 'charge_begun_anew' end as kind, customer_id, 'invoice' as subject_kind, invoice_id as subject_id,
    jsonb_build_object('amount_minor', amount_minor, 'currency', currency, 'charge_on', charge_on) as body from told),
wanted as (
  select gen_random_uuid() as task_id, 'send_notice' as kind, invoice_id as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('notice', 'charge_notice', 'customer_id', customer_id, 'charge_on', charge_on) as body from told),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('invoice_id', invoice_id, 'charge_on', charge_on,
    'amount', jsonb_build_object('amount', amount_minor, 'currency', currency)) as body from told
  union all
  select 409, code, '{}'::jsonb from verdict where code <> 'DONE')

-- query: charges_to_begin_anew
-- Open invoices of a customer of which nothing is charged any more by itself, though a method of theirs could be, what they object to left out.
with invoice as (select :customer_id::uuid as customer_id),
-- include: billing/method_charged
,
announced as (
  select i.invoice_id, m.consent_id, n.turn, i.series || '-' || i.number as number, i.currency, coalesce(last.open_after, i.total_minor) - billing.contested_minor(i.organisation_id, i.customer_id, i.invoice_id) as asked_minor
  from method_charged m
  join billing.invoice i on i.organisation_id = :organisation and i.customer_id = :customer_id::uuid
  left join lateral (
    select a.open_after from billing.allocation a where a.organisation_id = i.organisation_id and a.invoice_id = i.invoice_id order by a.step desc limit 1) last on true
  cross join lateral (
    select n.turn from billing.charge_notice n
    where n.organisation_id = i.organisation_id and n.invoice_id = i.invoice_id and n.consent_id = m.consent_id order by n.turn desc limit 1) n
  where coalesce(last.open_after, i.total_minor) > 0),
-- include: billing/charge_over
select n.invoice_id, n.number, jsonb_build_object('amount', n.asked_minor, 'currency', n.currency)
from announced n join charge_over o on o.invoice_id = n.invoice_id where not o.refused and n.asked_minor > 0 order by n.invoice_id limit 100
