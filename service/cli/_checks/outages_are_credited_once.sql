-- Time without service counts once, in the outage that it is of; each period gives back no more than its line cost, for no more time than that, by the line of a credit note that is its own.
with last as (
  select distinct on (organisation_id, subscription_id, number) organisation_id, subscription_id, number, unit, units, given_after
  from billing.outage_credit order by organisation_id, subscription_id, number, step desc),
whole as (
  select organisation_id, subscription_id, unnest(range_agg(tstzrange(from_at, until_at))) as span from billing.outage_span where of_price group by 1, 2),
lasted as (  -- in whole units, each outage from its beginning
  select w.organisation_id, w.subscription_id, sum(floor(extract(epoch from upper(span) - lower(span)) / 3600)) as hours,
    sum(greatest(0, (upper(span) at time zone s.zone)::date - (lower(span) at time zone s.zone)::date - 1)) as days
  from whole w join subscriptions.subscription s using (organisation_id, subscription_id) group by 1, 2),
counted as (
  select organisation_id, subscription_id, unit, sum(units) as units from last group by 1, 2, 3),
period as (
  select p.organisation_id, p.subscription_id, p.number, p.invoice_id, p.item_id, row_number() over (partition by p.organisation_id, p.invoice_id, p.item_id order by p.number) as place
  from subscriptions.period p where exists (select from last where (last.organisation_id, last.subscription_id) = (p.organisation_id, p.subscription_id))),
billed as (
  select p.organisation_id, p.subscription_id, p.number, l.invoice_id, l.line_number, l.net_minor
  from period p cross join lateral (
    select l.invoice_id, l.line_number, l.net_minor from billing.invoice_line l
    where l.organisation_id = p.organisation_id and l.invoice_id = p.invoice_id and l.item_id = p.item_id order by l.line_number offset p.place - 1 limit 1) l)
select o.organisation_id, 'outage ' || o.outage_id, format('it counts from %s until %s, which it didn''t last', s.from_at, s.until_at)
from billing.outage_span s join billing.outage o using (organisation_id, outage_id)
where not tstzrange(o.from_at, o.until_at) @> tstzrange(s.from_at, s.until_at) or s.subscription_id <> o.subscription_id
union all
select s.organisation_id, 'service ' || s.subscription_id, format('%s counts twice', s.from_at)
from billing.outage_span s join billing.outage_span other using (organisation_id, subscription_id)
where s.of_price and other.of_price and (other.outage_id, other.from_at) > (s.outage_id, s.from_at) and tstzrange(s.from_at, s.until_at) && tstzrange(other.from_at, other.until_at)
union all
select c.organisation_id, 'service ' || c.subscription_id, format('%s %ss are given back, and it didn''t work for %s', c.units, c.unit, coalesce(case c.unit when 'hour' then l.hours else l.days end, 0))
from counted c left join lasted l using (organisation_id, subscription_id) where c.units > coalesce(case c.unit when 'hour' then l.hours else l.days end, 0)
union all
select organisation_id, 'service ' || subscription_id, format('period %s gave back %s, and cost %s', number, given_after, coalesce(net_minor, 0))
from last left join billed using (organisation_id, subscription_id, number) where given_after > coalesce(net_minor, 0)
union all
select c.organisation_id, 'service ' || c.subscription_id, format('step %s of period %s gave %s, and its credit note line %s', c.step, c.number, c.credited_minor, coalesce(l.net_minor, 0))
from billing.outage_credit c
left join billing.credit_line l using (organisation_id, credit_note_id, invoice_id, line_number)
left join billed b using (organisation_id, subscription_id, number)
where c.credit_note_id is not null and (c.credited_minor is distinct from l.net_minor or (b.invoice_id, b.line_number) is distinct from (c.invoice_id, c.line_number))
union all
select c.organisation_id, 'credit note ' || c.credit_note_id, format('line %s is told as given for %s periods', c.line_number, count(*))
from billing.outage_credit c where c.credit_note_id is not null group by c.organisation_id, c.credit_note_id, c.invoice_id, c.line_number having count(*) > 1
order by 1, 2
