-- Deposits, whether each has arrived, and whether a line of the bank shows it.
deposits_in_bank as not materialized (
  select d.deposit_id, d.slip, d.slip_key, d.amount_minor, d.currency, case when c.arrives then c.arrived_minor end as arrived_minor, coalesce(c.step, 0) as arrival_step,
         c.arrives and c.line_id is not null as shown, c.bank_reference, coalesce(s.sight, 0) as sight, coalesce(s.sight % 2 = 1, false) as seen
  from billing.cash_deposit d
  left join lateral (
    select c.* from billing.cash_arrival c where c.organisation_id = :organisation and c.deposit_id = d.deposit_id order by c.step desc limit 1) c on true
  left join lateral (
    select s.sight from billing.bank_step s where s.organisation_id = :organisation and s.own_money = d.deposit_id and s.sight is not null order by s.sight desc limit 1) s on true
  where d.organisation_id = :organisation)
