-- In: `b.staff_id` and `b.currency`, of whom and in what. Their own limit, else the organisation's; null where there is none.
    select coalesce(
      (select l.limit_minor from billing.cash_limit l where l.organisation_id = :organisation::uuid and l.holder = b.staff_id::text and l.currency = b.currency order by l.version desc limit 1),
      (select l.limit_minor from billing.cash_limit l where l.organisation_id = :organisation::uuid and l.holder = '' and l.currency = b.currency order by l.version desc limit 1))
      as limit_minor
