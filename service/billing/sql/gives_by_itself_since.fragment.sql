-- Out: since (set_at), from when on policies of compensation have given by themselves without a break; null where the one in force doesn't.
since as (
  select min(p.set_at) as set_at from billing.compensation_policy p
  where p.organisation_id = :organisation and p.version > coalesce((
    select b.version from billing.compensation_policy b where b.organisation_id = :organisation and not b.gives_by_itself order by b.version desc limit 1), 0))
