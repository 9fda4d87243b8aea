-- The forecasts of `:scope_id` that a pack holds: the latest hundred of those that somebody was told of, and of the others. Gives `told_forecast`.
told_forecast as (
  select f.* from (
    select f.*, row_number() over (partition by t.told order by f.number desc) as age
    from authorisations.forecast f
    cross join lateral (select exists (select from authorisations.overrun_notice n where n.organisation_id = f.organisation_id and n.scope_id = f.scope_id
      and n.projected_minor = f.projected_minor and n.forecast_id = f.forecast_id offset 0) as told) t
    where f.organisation_id = :organisation::uuid and f.scope_id = :scope_id::uuid) f
  where f.age <= 100)
