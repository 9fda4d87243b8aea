-- query: next_period
-- What a renewal would bill: the plan as last authorised (before any consent: as last offered) and the days it would supply. A period follows on the one
-- before, but never begins before the customer agreed; after a lapse it begins when it is renewed, since nothing was supplied in between.
with
-- include: subscriptions/head
,
latest as (
  select p.number, p.until_on, p.anchor_day, p.invoice_id, coalesce(t.paid, false) as paid from head h
  join subscriptions.period p on p.organisation_id = :organisation and p.subscription_id = h.subscription_id
  left join lateral (
    select t.paid from subscriptions.paid_period t
    where t.organisation_id = p.organisation_id and t.subscription_id = p.subscription_id and t.number = p.number order by t.step desc limit 1) t on true
  order by p.number desc limit 1),
item as (
  select o.item_id, o.ticks, o.denominator, o.unit, o.price_numerator, o.price_denominator, o.tax_basis, k.authorised_at
  from head h
  join authorisations.offer_item o on o.organisation_id = :organisation and o.scope_id = h.scope_id and o.recurring
  left join authorisations.capacity_item k on k.organisation_id = o.organisation_id and k.item_id = o.item_id
  left join lateral (
    select c.revoked_after from authorisations.capacity c where c.organisation_id = o.organisation_id and c.item_id = o.item_id order by c.item_seq desc limit 1) t on true
  order by coalesce(t.revoked_after > :at and k.valid_until >= :at, false) desc, k.authorised_at desc nulls last, o.item_id desc limit 1),
due as (
  select h.*, i.*, l.invoice_id as latest_invoice_id, l.number is not null and not l.paid as still_open, coalesce(l.until_on, h.begins_on) as follows_on,
    greatest(coalesce(l.until_on, h.begins_on), (i.authorised_at at time zone h.zone)::date, case when 'unpaid' = any (h.reasons) then h.today end) as from_on,
    coalesce(l.anchor_day, h.anchor_day) as anchor_before
  from head h cross join item i left join latest l on true),
ending as (
  select d.*, case when d.from_on = d.follows_on then d.anchor_before else extract(day from d.from_on)::int end as anchor from due d),
dated as (
  select e.*, subscriptions.period_end(e.from_on, e.period_months, e.anchor) as until_on from ending e)
select d.subscription_id, d.customer_id, d.currency, d.state, 'fault' = any (d.reasons), case when d.still_open then d.latest_invoice_id end, d.from_on, d.until_on,
  subscriptions.whole_from(d.until_on, d.period_months, d.anchor), d.from_on > d.today + 366, d.item_id, authorisations.quantity(d.ticks, d.denominator), d.unit,
  authorisations.quantity(d.price_numerator, d.price_denominator) as unit_price, d.tax_basis
from dated d
