-- query: find_carried
-- How far the balances are carried forward, and the next midnight of the organisation after that.
select m.until_at, m.until_at + interval '1 hour' <= :at::timestamptz
from identity.organisation o
left join lateral (select c.until_at from billing.carry_forward c where c.organisation_id = :organisation order by c.number desc limit 1) c on true
cross join lateral (select ((coalesce(c.until_at, o.created_at) at time zone o.zone)::date + 1)::timestamp at time zone o.zone as until_at) m
where o.organisation_id = :organisation

-- query: hold_days
-- Waits for whoever still posts into the days up to that instant, before they are read.
select billing.hold_days(:organisation, coalesce((
  select c.until_at from billing.carry_forward c where c.organisation_id = :organisation order by c.number desc limit 1), '1970-01-01 00:00:00+00'), :until_at::timestamptz)

-- verb: carry_forward
-- What the transfers of one more day came to, account by account, on top of what was carried before.
with last as (
  select c.number, c.until_at, c.content_hash from billing.carry_forward c where c.organisation_id = :organisation::uuid order by c.number desc limit 1),
span as (
  select coalesce((select number from last), 0) + 1 as number, coalesce((select until_at from last), '1970-01-01 00:00:00+00') as from_at, :until_at::timestamptz as until_at,
         coalesce((select content_hash from last), '\x'::bytea) as hash_before
  where :until_at::timestamptz > coalesce((select until_at from last), '-infinity')),
day as (
  select t.debit_kind, t.debit_holder, t.credit_kind, t.credit_holder, t.currency, t.amount_minor
  from billing.transfer t where t.organisation_id = :organisation::uuid and t.recorded_at >= (select from_at from span) and t.recorded_at < (select until_at from span)),
moved as (
  select s.kind, case when s.kind in ('receivable', 'customer_credit') then '' else s.holder end as holder, s.currency, sum(s.debit)::bigint as debit_minor, sum(s.credit)::bigint as credit_minor
  from (
    select debit_kind as kind, debit_holder as holder, currency, amount_minor as debit, 0 as credit from day
    union all
    select credit_kind, credit_holder, currency, 0, amount_minor from day) s
  group by 1, 2, 3),
before as (
  select b.kind, b.holder, b.currency, b.opened_in, b.closing_minor from last l join billing.carried_balance b on b.organisation_id = :organisation::uuid and b.number = l.number),
balances as (
  select kind, holder, currency, coalesce(b.opened_in, s.number) as opened_in, coalesce(b.closing_minor, 0) as opening_minor, coalesce(m.debit_minor, 0) as debit_minor,
         coalesce(m.credit_minor, 0) as credit_minor, coalesce(b.closing_minor, 0) + coalesce(m.debit_minor, 0) - coalesce(m.credit_minor, 0) as closing_minor
  from before b full join moved m using (kind, holder, currency) cross join span s),
carried as (
  insert into billing.carry_forward (organisation_id, number, from_at, until_at, transfers, content_hash)
  select :organisation::uuid, s.number, s.from_at, s.until_at, (select count(*) from day), billing.hash_of_balances(s.hash_before, s.until_at, (
    select jsonb_agg(jsonb_build_array(b.kind, b.holder, b.currency, b.debit_minor, b.credit_minor, b.closing_minor)
      order by b.kind collate "C", b.holder collate "C", b.currency collate "C") from balances b))
  from span s),
kept as (
  insert into billing.carried_balance (organisation_id, number, kind, holder, currency, opened_in, opening_minor, debit_minor, credit_minor, closing_minor)
  select :organisation::uuid, s.number, b.kind, b.holder, b.currency, b.opened_in, b.opening_minor, b.debit_minor, b.credit_minor, b.closing_minor from balances b cross join span s),
happened as (
  select 'balances_carried_forward' as kind, null::uuid as customer_id, 'books' as subject_kind, :organisation::uuid as subject_id,
         jsonb_build_object('number', number, 'until_at', until_at) as body
  from span),
answer as (select 201 as status, null::text as code, jsonb_build_object('number', number, 'until_at', until_at) as body from span
  union all
  select 200, null, jsonb_build_object('number', number, 'until_at', until_at) from last where not exists (select from span))

-- query: find_last_period
select p.last_on, (:at::timestamptz at time zone o.zone)::date,
       :last_on::date <= p.last_on, (coalesce(:last_on::date, '1970-01-01') + 1)::timestamp at time zone o.zone
from identity.organisation o
left join lateral (select p.last_on from billing.period p where p.organisation_id = :organisation order by p.number desc limit 1) p on true
where o.organisation_id = :organisation

-- query: list_unexplained
with
-- include: billing/unexplained
select u.reason, u.subject_kind, u.subject_id, u.customer_id, u.currency, u.amount_minor, u.recorded_at
from unexplained u where u.recorded_at < :until_at::timestamptz
order by u.recorded_at, u.reason, u.subject_id limit :limit::int

-- verb: close_period
with last as (select p.number, p.last_on, p.until_at, p.carry from billing.period p where p.organisation_id = :organisation::uuid order by p.number desc limit 1),
made as (
  select coalesce((select number from last), 0) + 1 as number, (select last_on from last) + 1 as first_on, :last_on::date as last_on, o.zone,
         coalesce((select until_at from last), '1970-01-01 00:00:00+00') as from_at, c.until_at, coalesce((select carry from last), 0) as after_carry, c.number as carry
  from identity.organisation o
  cross join lateral (
    select c.number, c.until_at from billing.carry_forward c
    where c.organisation_id = :organisation::uuid and c.until_at = (:last_on::date + 1)::timestamp at time zone o.zone limit 1) c
  where o.organisation_id = :organisation::uuid),
closed as (
  insert into billing.period (organisation_id, number, first_on, last_on, zone, from_at, until_at, after_carry, carry, closed_by)
  select :organisation::uuid, number, first_on, last_on, zone, from_at, until_at, after_carry, carry, :actor::text from made),
happened as (
  select 'period_closed' as kind, null::uuid as customer_id, 'books' as subject_kind, :organisation::uuid as subject_id,
         jsonb_build_object('number', number, 'first_on', first_on, 'last_on', last_on) as body
  from made),
answer as (select 201 as status, null::text as code, jsonb_build_object('number', number, 'first_on', first_on, 'last_on', last_on) as body from made)

-- query: is_carried
select exists (select from billing.carry_forward c where c.organisation_id = :organisation and c.until_at = :until_at::timestamptz)

-- query: list_closed_periods
select p.number, p.first_on, p.last_on, p.zone, p.from_at, p.until_at, p.recorded_at, encode(c.content_hash, 'hex')
from billing.period p
cross join lateral (select c.content_hash from billing.carry_forward c where c.organisation_id = :organisation and c.number = p.carry limit 1) c
where p.organisation_id = :organisation and p.number > :after::int order by p.number limit :limit + 1

-- query: find_period
select p.number, p.first_on, p.last_on, p.zone, p.from_at, p.until_at, p.recorded_at, encode(c.content_hash, 'hex')
from billing.period p
cross join lateral (select c.content_hash from billing.carry_forward c where c.organisation_id = :organisation and c.number = p.carry limit 1) c
where p.organisation_id = :organisation and p.last_on = :last_on::date

-- query: list_period_accounts
-- What each account held before the period, what it moved by, and what it then held.
select b.kind, b.holder, b.currency, (sum(b.opening_minor) filter (where b.number = greatest(p.after_carry + 1, b.opened_in)))::bigint, sum(b.debit_minor)::bigint, sum(b.credit_minor)::bigint,
       (sum(b.closing_minor) filter (where b.number = p.carry))::bigint
from billing.period p
join billing.carried_balance b on b.organisation_id = :organisation and b.number > p.after_carry and b.number <= p.carry
where p.organisation_id = :organisation and p.last_on = :last_on::date
group by b.kind, b.holder, b.currency order by b.currency, b.kind, b.holder
