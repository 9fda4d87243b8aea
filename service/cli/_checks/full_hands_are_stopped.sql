-- Whoever has held as much cash as they may for five minutes is sent to collect no more, and whoever holds less may be sent.
with hands as (
  select distinct on (organisation_id, staff_id, currency) organisation_id, staff_id, currency, strand, version, side, held_after from billing.cash_custody
  order by organisation_id, staff_id, currency, step desc),
limits as (
  select distinct on (organisation_id, holder, currency) organisation_id, holder, currency, limit_minor, recorded_at from billing.cash_limit
  order by organisation_id, holder, currency, version desc),
held as (
  select h.organisation_id, h.staff_id, bool_or(h.held_after >= coalesce(o.limit_minor, a.limit_minor)) as full_up, max(greatest(t.recorded_at, o.recorded_at, a.recorded_at)) as since
  from hands h
  join billing.account_entry e on e.organisation_id = h.organisation_id and e.account_kind = 'cash_on_agent' and e.account_holder = h.staff_id::text and e.currency = h.currency
    and e.strand = h.strand and e.version = h.version
  join billing.transfer t on t.organisation_id = e.organisation_id and t.posting_id = e.posting_id and t.ordinal = e.ordinal
  left join limits o on o.organisation_id = h.organisation_id and o.holder = h.staff_id::text and o.currency = h.currency
  left join limits a on a.organisation_id = h.organisation_id and a.holder = '' and a.currency = h.currency
  group by 1, 2),
stop as (
  select distinct on (organisation_id, technician_id) organisation_id, technician_id, stopped from dispatch.collection_stop order by organisation_id, technician_id, step desc)
select t.organisation_id, 'technician ' || t.technician_id, case when h.full_up then 'holds as much as they may and may be sent to collect' else 'holds less than they may and is stopped' end
from dispatch.technician t
join held h on h.organisation_id = t.organisation_id and h.staff_id = t.technician_id
left join stop s on s.organisation_id = t.organisation_id and s.technician_id = t.technician_id
where coalesce(h.full_up, false) <> coalesce(s.stopped, false) and h.since < kit.recorded_now() - interval '5 minutes'
