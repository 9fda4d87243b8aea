-- The transfers that aren't told yet: cash on its way to the office, until it is accepted, since it is counted there blind. None is of a closed period,
-- which takes no hand-in that wasn't accepted.
untold as (
  select t.debit_kind, t.debit_holder, t.credit_kind, t.credit_holder, t.currency, t.amount_minor, t.recorded_at, t.posting_id, t.ordinal
  from billing.transfer t
  where t.organisation_id = :organisation and t.kind = 'hand_in'
    and t.recorded_at >= (
      select coalesce((select p.until_at from billing.period p where p.organisation_id = :organisation order by p.number desc limit 1), '1970-01-01 00:00:00+00'))
    and not exists (select from billing.cash_acceptance a where a.organisation_id = t.organisation_id and a.hand_in_id = t.subject_id offset 0))
