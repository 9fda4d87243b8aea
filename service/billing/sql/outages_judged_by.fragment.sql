-- In: o, the outages to be judged. Each with what it is judged by: its service and what that costs; the time without service that it is part of, whether or not anything of the price is given back
-- for it, with the first report on or after the day on which that began, while it lasted; the days that something was given for; and what came back of the price of that time, its tax included, less
-- what was set off before.
select o.outage_id, o.subscription_id, o.customer_id, o.from_at, o.until_at, s.service, coalesce(w.runs, '[]'), array(
    select d.day from billing.compensation_day d where d.organisation_id = :organisation and d.subscription_id = o.subscription_id),
  b.back_minor
from o
cross join lateral (
  select s.zone, jsonb_build_object('subscription_id', s.subscription_id, 'currency', s.currency, 'zone', s.zone, 'month_minor', p.month_minor) as service
  from subscriptions.subscription s
  -- include: billing/month_price
  where s.organisation_id = :organisation and s.subscription_id = o.subscription_id limit 1) s
cross join lateral (
  select min(lower(r.run)) as from_at, max(upper(r.run)) as until_at, jsonb_agg(jsonb_build_object('from_at', lower(r.run), 'until_at', upper(r.run), 'report', (
      select jsonb_build_object('report_id', f.report_id, 'reported_at', f.reported_at, 'reported_on', f.reported_on) from subscriptions.fault_report f
      where f.organisation_id = :organisation and f.subscription_id = o.subscription_id and f.reported_on >= (lower(r.run) at time zone s.zone)::date and f.reported_at <= upper(r.run)
      order by f.reported_at, f.report_id limit 1)) order by r.run) as runs
  from (
    select unnest(range_agg(tstzrange(n.from_at, n.until_at))) as run
    from billing.outage t
    cross join lateral (select n.from_at, n.until_at from billing.outage_span n where n.organisation_id = :organisation and n.outage_id = t.outage_id offset 0) n
    where t.organisation_id = :organisation and t.subscription_id = o.subscription_id) r
  where r.run && tstzrange(o.from_at, o.until_at)) w
cross join lateral (
  with told as (
    select t.outage_id from billing.outage t
    where t.organisation_id = :organisation and t.subscription_id = o.subscription_id and t.from_at < w.until_at and t.until_at > w.from_at)
  select (coalesce((
      select sum(n.total_minor) from (
        select distinct g.credit_note_id from subscriptions.period p
        join billing.outage_credit g on g.organisation_id = :organisation and g.subscription_id = p.subscription_id and g.number = p.number
        where p.organisation_id = :organisation and p.subscription_id = o.subscription_id and g.credit_note_id is not null and g.outage_id in (select outage_id from told)) g
      cross join lateral (select n.total_minor from billing.credit_note n where n.organisation_id = :organisation and n.credit_note_id = g.credit_note_id limit 1) n), 0)
    - coalesce((
      select sum(k.set_off_minor) from told t
      cross join lateral (select k.set_off_minor from billing.compensation k where k.organisation_id = :organisation and k.outage_id = t.outage_id limit 1) k), 0))::bigint as back_minor) b
