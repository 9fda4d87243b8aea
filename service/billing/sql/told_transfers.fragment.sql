-- The transfers that are told: cash on its way to the office is none of them until it is accepted, since it is counted there blind.
told_transfers as (
  select t.* from billing.transfer t
  where t.organisation_id = :organisation and (t.kind <> 'hand_in' or exists (
    select from billing.cash_acceptance a where a.organisation_id = t.organisation_id and a.hand_in_id = t.subject_id)))
