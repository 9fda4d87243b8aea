-- What lies in `unmatched` is what is open of the bank's lines and what is parked; and of each line what its steps left there.
with line as (
  select l.organisation_id, l.line_id, l.currency, case when l.incoming then l.size_minor else -l.size_minor end as told_minor,
         (case when l.incoming then 1 else -1 end) * coalesce((
           select s.open_after from billing.bank_step s where s.organisation_id = l.organisation_id and s.line_id = l.line_id order by s.step desc limit 1), l.size_minor) as open_minor
  from billing.bank_line l where l.confirms is null),
used as (
  select s.organisation_id, s.line_id, sum(case when t.debit_kind = 'unmatched' then t.amount_minor when t.credit_kind = 'unmatched' then -t.amount_minor else 0 end) as used_minor
  from billing.bank_step s join billing.transfer t on t.organisation_id = s.organisation_id and t.posting_id = s.posting_id and t.ordinal = s.ordinal group by 1, 2),
-- A parked payment that was taken back lies there again, though its decision stands.
parked as (
  select m.organisation_id, m.currency, m.amount_minor from billing.parked_money m
  where not exists (
    select from billing.parked_resolution r where r.organisation_id = m.organisation_id and r.parked_id = m.parked_id and not exists (
      select from billing.payment_reversal v where v.organisation_id = r.organisation_id and v.payment_id = r.payment_id))),
waits as (select organisation_id, currency, sum(minor) as minor from (
  select organisation_id, currency, open_minor as minor from line union all select organisation_id, currency, amount_minor from parked) w group by 1, 2),
lies as (select organisation_id, currency, -sum(case side when 'debit' then amount_minor else -amount_minor end) as minor from billing.account_entry where account_kind = 'unmatched' group by 1, 2)
select l.organisation_id, 'bank line ' || l.line_id, format('%s %s of it is open, and its steps left %s', l.open_minor, l.currency, l.told_minor - coalesce(u.used_minor, 0))
from line l left join used u using (organisation_id, line_id) where l.open_minor <> l.told_minor - coalesce(u.used_minor, 0)
union all
select organisation_id, 'unmatched ' || currency, format('%s lies there, and %s waits', coalesce(l.minor, 0), coalesce(w.minor, 0))
from waits w full join lies l using (organisation_id, currency) where coalesce(l.minor, 0) <> coalesce(w.minor, 0)
