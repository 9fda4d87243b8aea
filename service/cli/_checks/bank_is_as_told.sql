-- An account at the bank lies in the ledger with the last closing balance that the bank told, and what waits is just the lines of which something is open.
select a.organisation_id, 'bank account ' || a.bank_account_id, format('the bank says %s and the ledger %s %s', coalesce(last.closing_minor, 0), coalesce(booked.minor, 0), a.currency)
from billing.bank_account a
left join lateral (
  select s.closing_minor from billing.bank_statement s where s.organisation_id = a.organisation_id and s.bank_account_id = a.bank_account_id and s.step is not null
  order by s.step desc limit 1) last on true
left join lateral (
  select sum(case side when 'debit' then e.amount_minor else -e.amount_minor end) as minor from billing.account_entry e
  where e.organisation_id = a.organisation_id and e.account_kind = 'bank' and e.account_holder = a.bank_account_id::text) booked on true
where coalesce(last.closing_minor, 0) <> coalesce(booked.minor, 0)
union all
select l.organisation_id, 'bank line ' || l.line_id, format('%s of it is open, and it %s', open.minor, case when w.line_id is null then 'waits nowhere' else 'waits' end)
from billing.bank_line l
cross join lateral (
  select coalesce((select s.open_after from billing.bank_step s where s.organisation_id = l.organisation_id and s.line_id = l.line_id order by s.step desc limit 1),
    case when l.confirms is null then l.size_minor else 0 end) as minor) open
left join billing.bank_waiting w on w.organisation_id = l.organisation_id and w.line_id = l.line_id
where (open.minor > 0) <> (w.line_id is not null)
