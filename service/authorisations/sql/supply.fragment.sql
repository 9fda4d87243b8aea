-- In: supply (supply_id, scope_id, item_id, ticks, denominator, period_from, period_until): periods supplied now. Out: supplied, the work record of each.
supplied as (
  insert into authorisations.work_record (organisation_id, work_record_id, scope_id, item_id, ticks, denominator, started_at, ended_at, period_from, period_until, recorded_by)
  select :organisation, supply_id, scope_id, item_id, ticks, denominator, :at, :at, period_from, period_until, :actor from supply
  returning work_record_id, scope_id, item_id, period_from, period_until)
