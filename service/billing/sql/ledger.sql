-- query: trial_balance
-- As at an instant, from the transfers alone: their sums are what the running balances are checked against. Zero per currency, always.
with
-- include: billing/told_transfers
select a.kind, a.holder, a.currency, sum(a.amount_minor)::bigint as balance_minor
from (
  select debit_kind as kind, debit_holder as holder, currency, amount_minor from told_transfers where recorded_at <= :until::timestamptz
  union all
  select credit_kind, credit_holder, currency, -amount_minor from told_transfers where recorded_at <= :until::timestamptz) a
where a.kind not in ('receivable', 'customer_credit')
group by a.kind, a.holder, a.currency
union all
-- Customers' accounts in one line each kind: their statements are asked for one by one.
select a.kind, '', a.currency, sum(a.amount_minor)::bigint
from (
  select debit_kind as kind, currency, amount_minor from told_transfers where recorded_at <= :until::timestamptz
  union all
  select credit_kind, currency, -amount_minor from told_transfers where recorded_at <= :until::timestamptz) a
where a.kind in ('receivable', 'customer_credit')
group by a.kind, a.currency
order by 3, 1, 2

-- query: list_transfers
-- Of one account, oldest first, with the running balance of the strand it went through.
with
-- include: billing/told_transfers
select e.posting_id, e.ordinal, t.kind, e.side, e.amount_minor, e.currency,
       case e.side when 'debit' then e.credit_kind else e.debit_kind end, case e.side when 'debit' then e.credit_holder else e.debit_holder end,
       t.subject_kind, t.subject_id, t.occurred_at, t.recorded_at
from told_transfers t
join billing.account_entry e on e.organisation_id = t.organisation_id and e.posting_id = t.posting_id and e.ordinal = t.ordinal
where t.organisation_id = :organisation and e.account_kind = :kind::text and e.account_holder = :holder::text and e.currency = :currency::text
  and (t.recorded_at, t.posting_id, t.ordinal) > (:after_at::timestamptz, :after_posting::uuid, :after_ordinal::int)
order by t.recorded_at, t.posting_id, t.ordinal limit :limit + 1
