-- Which step a matter takes next, and whether it may still take one. Needs `stepping (scope_id)`; gives `scope_stands (scope_id, next_step, open)`.
scope_stands as (
  select m.scope_id, coalesce(t.step, 0) + 1 as next_step, coalesce(t.open, true) as open
  from stepping m left join lateral (
    select t.step, t.open from authorisations.scope_step t where t.organisation_id = :organisation::uuid and t.scope_id = m.scope_id order by t.step desc limit 1) t on true)
