-- What was given as compensation is what its days, or the missed appointment, came to, less what was set off; for whole days that a service didn't work, counted from a report where the
-- policy says so, which is of the day on which it came, and for promises to arrive that weren't kept; and all of it, but what was taken back, is what stands in the books as compensation.
with day as (
  select d.organisation_id, d.compensation_id, count(*) as days, sum(d.due_minor) as due_minor from billing.compensation_day d group by 1, 2),
whole as (
  select organisation_id, subscription_id, unnest(range_agg(tstzrange(from_at, until_at))) as span from billing.outage_span group by 1, 2),
given as (
  select k.organisation_id, k.customer_id, k.currency, sum(case when r.compensation_id is null then k.amount_minor else 0 end) as minor
  from billing.compensation k left join billing.compensation_reversal r using (organisation_id, compensation_id) group by 1, 2, 3),
stands as (
  select distinct on (organisation_id, strand, currency) organisation_id, strand as customer_id, currency, balance_after as minor
  from billing.account_entry where account_kind = 'compensation' order by organisation_id, strand, currency, version desc)
select k.organisation_id, 'compensation ' || k.compensation_id, format('%s is due for its days, and %s was', coalesce(d.due_minor, 0), k.due_minor)
from billing.compensation k left join day d using (organisation_id, compensation_id)
where k.outage_id is not null and coalesce(d.due_minor, 0) <> k.due_minor
union all
select d.organisation_id, 'service ' || d.subscription_id, format('%s is compensated, and it worked for some of it', d.day)
from billing.compensation_day d join subscriptions.subscription s using (organisation_id, subscription_id)
where not exists (
  select from whole w where (w.organisation_id, w.subscription_id) = (d.organisation_id, d.subscription_id)
    and w.span @> tstzrange(d.day::timestamp at time zone s.zone, (d.day + 1)::timestamp at time zone s.zone))
union all
select d.organisation_id, 'compensation ' || d.compensation_id, format('%s counts from a report, and none is named', d.day)
from billing.compensation_day d join billing.compensation k using (organisation_id, compensation_id)
left join billing.compensation_policy p on (p.organisation_id, p.version) = (k.organisation_id, k.policy_version)
where p.counts_from = 'report' and d.report_id is null
union all
select r.organisation_id, 'fault report ' || r.report_id, format('it says %s, and was told at %s', r.reported_on, r.reported_at)
from subscriptions.fault_report r join subscriptions.subscription s using (organisation_id, subscription_id)
where r.reported_on <> (r.reported_at at time zone s.zone)::date
union all
select k.organisation_id, 'compensation ' || k.compensation_id, 'it is for an appointment that was not missed'
from billing.compensation k
left join promises.promise p using (organisation_id, promise_id)
left join promises.ending e using (organisation_id, promise_id)
where k.promise_id is not null and (p.kind is distinct from 'arrive' or p.due_at > k.given_at or e.outcome is distinct from 'broken' and e.outcome is not null)
  and not exists (select from billing.compensation_reversal r where (r.organisation_id, r.compensation_id) = (k.organisation_id, k.compensation_id))
union all
select organisation_id, 'customer ' || customer_id, format('%s %s stands as compensation, %s was given', coalesce(s.minor, 0), currency, coalesce(g.minor, 0))
from given g full join stands s using (organisation_id, customer_id, currency)
where coalesce(g.minor, 0) <> coalesce(s.minor, 0)
order by 1, 2
