-- Payouts, and whether a line of the bank has one that nothing took back.
payouts_in_bank as not materialized (
  select p.payout_id, p.provider_payout_id, p.amount_minor, p.currency, p.arrives_on, p.descriptor, p.name_key, p.trace_key, coalesce(s.sight, 0) as sight,
         coalesce(s.sight % 2 = 1, false) as seen,
         coalesce((select f.fee_after from billing.payout_fee f where f.organisation_id = :organisation and f.payout_id = p.payout_id order by f.step desc limit 1), 0) as fee_minor,
         (select count(*) from billing.payout_line l where l.organisation_id = :organisation and l.payout_id = p.payout_id)::int as line_count
  from billing.payout p
  left join lateral (
    select s.sight from billing.bank_step s where s.organisation_id = :organisation and s.own_money = p.payout_id and s.sight is not null order by s.sight desc limit 1) s on true
  where p.organisation_id = :organisation)
