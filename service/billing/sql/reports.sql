-- query: find_report_days
-- The last thirty days up to today, where none are named.
select o.zone, d.from_on, d.until_on, d.from_on::timestamp at time zone o.zone, d.until_on::timestamp at time zone o.zone
from identity.organisation o cross join lateral (
  select coalesce(:from_on::date, coalesce(:until_on::date, t.today + 1) - 30) as from_on, coalesce(:until_on::date, greatest(t.today, :from_on::date) + 1) as until_on
  from (select (:at::timestamptz at time zone o.zone)::date as today) t) d
where o.organisation_id = :organisation

-- query: find_report_day
-- Today, where none is named.
select o.zone, d.as_of, (d.as_of + 1)::timestamp at time zone o.zone
from identity.organisation o cross join lateral (select coalesce(:as_of::date, (:at::timestamptz at time zone o.zone)::date) as as_of) d
where o.organisation_id = :organisation

-- query: sum_receivables
with
-- include: billing/owed_by_age
select currency, sum(not_due)::bigint, sum(to_30)::bigint, sum(to_60)::bigint, sum(to_90)::bigint, sum(beyond)::bigint, sum(open_minor)::bigint, sum(written_off_minor)::bigint
from owed group by currency order by currency

-- query: list_receivables
with
-- include: billing/owed_by_age
select o.currency, o.not_due, o.to_30, o.to_60, o.to_90, o.beyond, o.open_minor, o.written_off_minor, o.customer_id, c.name, c.reference, o.invoices, o.oldest_due_on
from owed o join customers.customer c on c.organisation_id = :organisation and c.customer_id = o.customer_id
where (o.oldest_due_on, o.customer_id, o.currency) > (:after_due_on::date, :after_customer::uuid, :after_currency::text)
order by o.oldest_due_on, o.customer_id, o.currency limit :limit::int + 1

-- query: sum_income
-- From the ledger, where a credit note takes back what a sale brought: it comes to what the trial balance of these accounts moved by.
select to_char(s.recorded_at at time zone :zone::text, 'YYYY-MM'), s.currency, s.kind, s.holder, sum(s.amount_minor)::bigint
from (
  select credit_kind as kind, credit_holder as holder, currency, amount_minor, recorded_at from billing.transfer
  where organisation_id = :organisation and credit_kind in ('revenue', 'tax') and recorded_at >= :from_at::timestamptz and recorded_at < :until_at::timestamptz
  union all
  select debit_kind, debit_holder, currency, -amount_minor, recorded_at from billing.transfer
  where organisation_id = :organisation and debit_kind in ('revenue', 'tax') and recorded_at >= :from_at::timestamptz and recorded_at < :until_at::timestamptz) s
group by 1, 2, 3, 4 order by 1, 2, 3, 4
