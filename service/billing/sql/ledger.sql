-- query: find_book_days
-- When those days begin and end in the organisation's zone; from the beginning and until now, where none are named.
select o.zone, coalesce(:from_on::date::timestamp at time zone o.zone, '1970-01-01 00:00:00+00'),
       coalesce(:until_on::date::timestamp at time zone o.zone, :at::timestamptz + interval '1 microsecond')
from identity.organisation o where o.organisation_id = :organisation

-- query: trial_balance
-- As at an instant: what was carried forward last before it, and what came since. Zero per currency, always. Customers' accounts are one line each kind:
-- their statements are asked for one by one.
with
-- include: billing/untold
,
base as (
  select c.number, c.until_at from billing.carry_forward c
  where c.organisation_id = :organisation and c.until_at <= :until::timestamptz order by c.until_at desc limit 1),
-- Compared as it stands: row-level security lets no index be searched by an expression that could leak.
begins as (select coalesce((select b.until_at from base b), '1970-01-01 00:00:00+00') as at),
since as (
  select t.debit_kind, t.debit_holder, t.credit_kind, t.credit_holder, t.currency, t.amount_minor from billing.transfer t
  where t.organisation_id = :organisation and t.recorded_at <= :until::timestamptz and t.recorded_at >= (select b.at from begins b)
  union all
  select debit_kind, debit_holder, credit_kind, credit_holder, currency, -amount_minor from untold where recorded_at <= :until::timestamptz),
moved as (
  select debit_kind as kind, debit_holder as holder, currency, amount_minor from since
  union all
  select credit_kind, credit_holder, currency, -amount_minor from since
  union all
  select c.kind, c.holder, c.currency, c.closing_minor from base b join billing.carried_balance c on c.organisation_id = :organisation and c.number = b.number)
select a.kind, a.holder, a.currency, n.number, s.name, a.balance_minor
from (
  select m.kind, case when m.kind in ('receivable', 'customer_credit') then '' else m.holder end as holder, m.currency, sum(m.amount_minor)::bigint as balance_minor
  from moved m group by 1, 2, 3) a
left join lateral (
  select n.number from billing.account_number n where n.organisation_id = :organisation and n.kind = a.kind and n.holder in (a.holder, '') order by n.holder desc limit 1) n on true
left join lateral (
  select x.name from identity.staff x where x.organisation_id = :organisation
    and x.staff_id = case when a.kind in ('cash_on_agent', 'cash_difference', 'owed_by_staff') then a.holder::uuid end limit 1) s on true
order by a.currency, a.kind, a.holder

-- query: balance_up_to
-- What one account came to up to and with a place in the order of the books.
with
-- include: billing/untold
,
base as (
  select c.number, c.until_at from billing.carry_forward c
  where c.organisation_id = :organisation and c.until_at <= :up_to_at::timestamptz and :kind::text not in ('receivable', 'customer_credit') order by c.until_at desc limit 1),
since as (select coalesce((select b.until_at from base b), '1970-01-01 00:00:00+00') as from_at)
select (coalesce((
    select c.closing_minor from base b join billing.carried_balance c
      on c.organisation_id = :organisation and c.number = b.number and c.kind = :kind::text and c.holder = :holder::text and c.currency = :currency::text), 0)
  + coalesce((
    select sum(t.amount_minor) from billing.transfer t
    where t.organisation_id = :organisation and t.debit_kind = :kind::text and t.debit_holder = :holder::text and t.currency = :currency::text
      and t.recorded_at >= (select s.from_at from since s)
      and (t.recorded_at, t.posting_id, t.ordinal) <= (:up_to_at::timestamptz, :up_to_posting::uuid, :up_to_ordinal::int)), 0)
  - coalesce((
    select sum(t.amount_minor) from billing.transfer t
    where t.organisation_id = :organisation and t.credit_kind = :kind::text and t.credit_holder = :holder::text and t.currency = :currency::text
      and t.recorded_at >= (select s.from_at from since s)
      and (t.recorded_at, t.posting_id, t.ordinal) <= (:up_to_at::timestamptz, :up_to_posting::uuid, :up_to_ordinal::int)), 0)
  - coalesce((
    select sum(case when (u.debit_kind, u.debit_holder) = (:kind::text, :holder::text) then u.amount_minor else -u.amount_minor end) from untold u
    where u.currency = :currency::text and (:kind::text, :holder::text) in ((u.debit_kind, u.debit_holder), (u.credit_kind, u.credit_holder))
      and (u.recorded_at, u.posting_id, u.ordinal) <= (:up_to_at::timestamptz, :up_to_posting::uuid, :up_to_ordinal::int)), 0))::bigint

-- query: list_transfers
-- Of one account, in the order of the books: no more is read of either side than the page holds.
select e.posting_id, e.ordinal, e.kind, e.side, e.amount_minor, e.currency, e.other_kind, e.other_holder, e.subject_kind, e.subject_id, e.occurred_at, e.recorded_at, 0
from (
  (select t.posting_id, t.ordinal, t.kind, 'debit' as side, t.amount_minor, t.currency, t.credit_kind as other_kind, t.credit_holder as other_holder, t.subject_kind, t.subject_id,
          t.occurred_at, t.recorded_at
   from billing.transfer t
   where t.organisation_id = :organisation and t.debit_kind = :kind::text and t.debit_holder = :holder::text and t.currency = :currency::text
     and t.recorded_at < :until_at::timestamptz and (t.recorded_at, t.posting_id, t.ordinal) > (:after_at::timestamptz, :after_posting::uuid, :after_ordinal::int)
     and (t.kind <> 'hand_in' or exists (select from billing.cash_acceptance a where a.organisation_id = :organisation and a.hand_in_id = t.subject_id offset 0))
   order by t.recorded_at, t.posting_id, t.ordinal limit :limit + 1)
  union all
  (select t.posting_id, t.ordinal, t.kind, 'credit', t.amount_minor, t.currency, t.debit_kind, t.debit_holder, t.subject_kind, t.subject_id, t.occurred_at, t.recorded_at
   from billing.transfer t
   where t.organisation_id = :organisation and t.credit_kind = :kind::text and t.credit_holder = :holder::text and t.currency = :currency::text
     and t.recorded_at < :until_at::timestamptz and (t.recorded_at, t.posting_id, t.ordinal) > (:after_at::timestamptz, :after_posting::uuid, :after_ordinal::int)
     and (t.kind <> 'hand_in' or exists (select from billing.cash_acceptance a where a.organisation_id = :organisation and a.hand_in_id = t.subject_id offset 0))
   order by t.recorded_at, t.posting_id, t.ordinal limit :limit + 1)) e
order by e.recorded_at, e.posting_id, e.ordinal limit :limit + 1

-- query: list_journal
-- Every transfer, in the order of the books, with whose accounts it moved between and the number of the paper it is about.
with row as (
  select t.posting_id, t.ordinal, t.kind, t.debit_kind, t.debit_holder, t.credit_kind, t.credit_holder, t.currency, t.amount_minor, t.subject_kind, t.subject_id, t.occurred_at,
         t.recorded_at
  from billing.transfer t
  where t.organisation_id = :organisation and t.recorded_at < :until_at::timestamptz
    and (t.recorded_at, t.posting_id, t.ordinal) > (:after_at::timestamptz, :after_posting::uuid, :after_ordinal::int)
    and (t.kind <> 'hand_in' or exists (select from billing.cash_acceptance a where a.organisation_id = t.organisation_id and a.hand_in_id = t.subject_id offset 0))
  order by t.recorded_at, t.posting_id, t.ordinal limit :limit + 1)
select r.posting_id, r.ordinal, (r.recorded_at at time zone :zone::text)::date, r.recorded_at, r.occurred_at, r.kind, r.currency, r.amount_minor,
       r.debit_kind, r.debit_holder, d.number, coalesce(dc.name, ds.name), r.credit_kind, r.credit_holder, c.number, coalesce(cc.name, cs.name),
       r.subject_kind, r.subject_id, coalesce(i.number, n.number)
from row r
left join lateral (
  select n.number from billing.account_number n where n.organisation_id = :organisation and n.kind = r.debit_kind and n.holder in (r.debit_holder, '') order by n.holder desc limit 1) d on true
left join lateral (
  select n.number from billing.account_number n where n.organisation_id = :organisation and n.kind = r.credit_kind and n.holder in (r.credit_holder, '') order by n.holder desc limit 1) c
  on true
left join lateral (
  select x.name from customers.customer x where x.organisation_id = :organisation
    and x.customer_id = case when r.debit_kind in ('receivable', 'customer_credit') then r.debit_holder::uuid end limit 1) dc on true
left join lateral (
  select x.name from identity.staff x where x.organisation_id = :organisation
    and x.staff_id = case when r.debit_kind in ('cash_on_agent', 'cash_difference', 'owed_by_staff') then r.debit_holder::uuid end limit 1) ds on true
left join lateral (
  select x.name from customers.customer x where x.organisation_id = :organisation
    and x.customer_id = case when r.credit_kind in ('receivable', 'customer_credit') then r.credit_holder::uuid end limit 1) cc on true
left join lateral (
  select x.name from identity.staff x where x.organisation_id = :organisation
    and x.staff_id = case when r.credit_kind in ('cash_on_agent', 'cash_difference', 'owed_by_staff') then r.credit_holder::uuid end limit 1) cs on true
left join lateral (
  select x.series || '-' || x.number as number from billing.invoice x where x.organisation_id = :organisation
    and x.invoice_id = case r.subject_kind when 'invoice' then r.subject_id end limit 1) i on true
left join lateral (
  select x.series || '-' || x.number as number from billing.credit_note x where x.organisation_id = :organisation
    and x.credit_note_id = case r.subject_kind when 'credit_note' then r.subject_id end limit 1) n on true
order by r.recorded_at, r.posting_id, r.ordinal

-- query: list_accounts
-- Accounts by kind, holder and currency, with whose they are.
with page as (
  select a.kind, a.holder, a.currency from billing.account a
  where a.organisation_id = :organisation and a.kind = coalesce(:kind::text, a.kind) and (a.kind, a.holder, a.currency) > (:after_kind::text, :after_holder::text, :after_currency::text)
  order by a.kind, a.holder, a.currency limit :limit + 1)
select p.kind, p.holder, p.currency, n.number, coalesce(c.name, s.name)
from page p
left join lateral (
  select n.number from billing.account_number n where n.organisation_id = :organisation and n.kind = p.kind and n.holder in (p.holder, '') order by n.holder desc limit 1) n on true
left join lateral (
  select x.name from customers.customer x where x.organisation_id = :organisation
    and x.customer_id = case when p.kind in ('receivable', 'customer_credit') then p.holder::uuid end limit 1) c on true
left join lateral (
  select x.name from identity.staff x where x.organisation_id = :organisation
    and x.staff_id = case when p.kind in ('cash_on_agent', 'cash_difference', 'owed_by_staff') then p.holder::uuid end limit 1) s on true
order by p.kind, p.holder, p.currency

-- query: find_account_numbering
-- Which list of numbers stands; 0 where none was ever said.
select coalesce((select n.version from billing.account_numbering n where n.organisation_id = :organisation order by n.version desc limit 1), 0)

-- query: list_account_numbers
select n.kind, n.number, n.holder, n.name from billing.account_number n where n.organisation_id = :organisation order by n.kind, n.holder

-- verb: set_account_numbers
-- The whole list anew; what isn't in it has no number.
with last as (
  select coalesce((select n.version from billing.account_numbering n where n.organisation_id = :organisation::uuid order by n.version desc limit 1), 0) as version),
said as (
  insert into billing.account_numbering (organisation_id, version, said_by, said_at)
  select :organisation::uuid, version + 1, :actor::text, :at::timestamptz from last where version = :version::int
  returning version),
told as (
  select t.kind, coalesce(t.holder, '') as holder, t.number, coalesce(t.name, '') as name
  from jsonb_to_recordset(:numbers::jsonb) t (kind text, holder text, number text, name text)),
gone as (
  delete from billing.account_number n using said where n.organisation_id = :organisation::uuid and not exists (select from told t where (t.kind, t.holder) = (n.kind, n.holder))),
kept as (
  insert into billing.account_number as n (organisation_id, kind, holder, number, name) select :organisation::uuid, kind, holder, number, name from told cross join said
  on conflict (organisation_id, kind, holder) do update set number = excluded.number, name = excluded.name where (n.number, n.name) <> (excluded.number, excluded.name)),
happened as (
  select 'account_numbers_set' as kind, null::uuid as customer_id, 'account_numbers' as subject_kind, :organisation::uuid as subject_id,
         jsonb_build_object('numbers', (select count(*) from told), 'version', version) as body from said),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('version', version, 'items', coalesce((
    select jsonb_agg(jsonb_build_object('kind', kind, 'number', number, 'holder', holder, 'name', name) order by kind, holder) from told), '[]')) as body from said
  union all
  select 412, 'STALE_VERSION', '{}'::jsonb where not exists (select from said))
