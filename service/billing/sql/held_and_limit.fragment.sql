-- What everybody holds in each currency, and up to how much: their own limit, else the organisation's; null where there is none.
  select b.staff_id, b.currency, c.held_after, coalesce(
      (select l.limit_minor from billing.cash_limit l where l.organisation_id = :organisation::uuid and l.holder = b.staff_id::text and l.currency = b.currency order by l.version desc limit 1),
      (select l.limit_minor from billing.cash_limit l where l.organisation_id = :organisation::uuid and l.holder = '' and l.currency = b.currency order by l.version desc limit 1))
      as limit_minor
  from billing.cash_custody b
  cross join lateral (
    select c.held_after from billing.cash_custody c
    where c.organisation_id = b.organisation_id and c.staff_id = b.staff_id and c.currency = b.currency order by c.step desc limit 1) c
  where b.organisation_id = :organisation::uuid and b.step = 1
