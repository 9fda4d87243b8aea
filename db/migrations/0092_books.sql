-- Billing, the books: balances carried forward day by day, periods that are closed, and the organisation's own numbers of its accounts.

-- The balances of all accounts at an instant, most often a midnight: what the transfers since the row before came to. A trial balance begins here and reads
-- only what came after. It is written an hour after that instant at the earliest, longer than any transaction of the service's runs, so that nothing is on its way.
create table billing.carry_forward (
  organisation_id uuid not null,
  number int not null constraint carry_counts check (number between 1 and 1000000),
  from_at timestamptz not null, until_at timestamptz not null,
  transfers bigint not null constraint carried_transfers_in_range check (transfers between 0 and 1000000000000000),
  content_hash bytea not null constraint carry_hash_is_sha256 check (length(content_hash) = 32),
  recorded_at timestamptz not null default kit.recorded_now(),
  previous int generated always as (nullif(number - 1, 0)) stored,
  constraint carry_forward_pkey primary key (organisation_id, number),
  constraint carried_until_once unique (organisation_id, until_at, number),
  constraint carry_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id),
  constraint carries_on foreign key (organisation_id, previous, from_at) references billing.carry_forward (organisation_id, number, until_at),
  constraint carry_begins_with_the_first check (number > 1 or from_at = '1970-01-01 00:00:00+00'),
  constraint carry_takes_time check (until_at > from_at),
  constraint carried_when_over check (recorded_at >= until_at + interval '1 hour'));
select kit.append_only('billing.carry_forward', except_columns => 'recorded_at');

-- Each carry's hash stands on the one before it.
create function billing.hash_of_balances(hash_before bytea, until_at timestamptz, balances jsonb) returns bytea language sql immutable parallel safe
  return sha256(convert_to(concat_ws(' ', 'sayso/balances/1', encode(hash_before, 'hex'), extract(epoch from until_at), balances), 'UTF8'));
grant execute on function billing.hash_of_balances to sayso_service;

-- Customers' accounts of a kind are one row: theirs are read one by one. `opened_in` is where an account came up first, with nothing on it.
create table billing.carried_balance (
  organisation_id uuid not null,
  number int not null,
  kind text not null, holder text not null, currency text not null,
  opened_in int not null constraint account_came_up_by_then check (opened_in between 1 and number),
  opening_minor bigint not null,
  debit_minor bigint not null constraint debits_in_range check (debit_minor between 0 and 1000000000000000000),
  credit_minor bigint not null constraint credits_in_range check (credit_minor between 0 and 1000000000000000000),
  closing_minor bigint not null,
  previous int generated always as (case when opened_in < number then number - 1 end) stored,
  constraint carried_balance_pkey primary key (organisation_id, number, kind, holder, currency),
  constraint balance_carried unique (organisation_id, number, kind, holder, currency, opened_in, closing_minor),
  constraint balance_of_carry foreign key (organisation_id, number) references billing.carry_forward (organisation_id, number),
  constraint balance_carries_on foreign key (organisation_id, previous, kind, holder, currency, opened_in, opening_minor)
    references billing.carried_balance (organisation_id, number, kind, holder, currency, opened_in, closing_minor),
  constraint account_opens_with_nothing check (opened_in < number or opening_minor = 0),
  constraint carried_balance_adds check (closing_minor = opening_minor + debit_minor - credit_minor));
select kit.append_only('billing.carried_balance');

-- What is carried forward takes no posting any more, whoever asks and whatever the clock says.
create policy carried_forward_takes_no_posting on billing.transfer as restrictive for insert with check (recorded_at >= coalesce((
  select c.until_at from billing.carry_forward c where c.organisation_id = kit.tenant() order by c.number desc limit 1), '-infinity'));

-- Whoever posts holds the day open until they commit, beside all others who post; whoever carries it forward waits for them, and then carries what was posted:
-- neither a figure from before the wait nor a forged one.
create function billing.hold_day_open(organisation uuid, recorded_at timestamptz) returns boolean language sql volatile
  return pg_advisory_xact_lock_shared(6, hashtext(organisation::text || (recorded_at at time zone 'UTC')::date)) is not null;
create function billing.hold_days(organisation uuid, from_at timestamptz, until_at timestamptz) returns bigint language sql volatile return (
  select count(pg_advisory_xact_lock(6, hashtext(organisation::text || day::date))) from generate_series(
    (greatest(from_at, (select o.created_at from identity.organisation o where o.organisation_id = organisation)) at time zone 'UTC')::date,
    ((until_at - interval '1 microsecond') at time zone 'UTC')::date, interval '1 day') day);
create function billing.carries_what_was_posted(organisation uuid, carried int, from_at timestamptz, until_at timestamptz, told bigint, hash bytea) returns boolean
language plpgsql volatile as $$
declare
  posted bigint;
  balances pg_catalog.jsonb;
begin
  perform billing.hold_days(organisation, from_at, until_at);
  -- a statement of its own, so that it sees what was waited for
  with day as (
    select t.debit_kind, t.debit_holder, t.credit_kind, t.credit_holder, t.currency, t.amount_minor
    from billing.transfer t where t.organisation_id = organisation and t.recorded_at >= from_at and t.recorded_at < until_at),
  moved as (
    select s.kind, case when s.kind in ('receivable', 'customer_credit') then '' else s.holder end as holder, s.currency, sum(s.debit)::bigint as debit_minor,
           sum(s.credit)::bigint as credit_minor
    from (
      select debit_kind as kind, debit_holder as holder, currency, amount_minor as debit, 0 as credit from day
      union all
      select credit_kind, credit_holder, currency, 0, amount_minor from day) s
    group by 1, 2, 3),
  before as (select b.kind, b.holder, b.currency, b.closing_minor from billing.carried_balance b where b.organisation_id = organisation and b.number = carried - 1),
  due as (
    select kind, holder, currency, coalesce(m.debit_minor, 0) as debit_minor, coalesce(m.credit_minor, 0) as credit_minor,
           coalesce(b.closing_minor, 0) + coalesce(m.debit_minor, 0) - coalesce(m.credit_minor, 0) as closing_minor
    from before b full join moved m using (kind, holder, currency))
  select (select count(*) from day), (
    select jsonb_agg(jsonb_build_array(d.kind, d.holder, d.currency, d.debit_minor, d.credit_minor, d.closing_minor)
      order by d.kind collate "C", d.holder collate "C", d.currency collate "C") from due d)
  into posted, balances;
  return told = posted and hash = billing.hash_of_balances(
    coalesce((select c.content_hash from billing.carry_forward c where c.organisation_id = organisation and c.number = carried - 1), '\x'), until_at, balances);
end $$;
grant execute on function billing.hold_day_open, billing.hold_days, billing.carries_what_was_posted to sayso_service;
create policy posting_holds_its_day on billing.transfer as restrictive for insert with check (billing.hold_day_open(organisation_id, recorded_at));
create policy carries_what_was_posted on billing.carry_forward as restrictive for insert
  with check (billing.carries_what_was_posted(organisation_id, number, from_at, until_at, transfers, content_hash));

-- Days that are closed, up to and with `last_on`; each period begins where the one before ended. It is never opened again.
create table billing.period (
  organisation_id uuid not null,
  number int not null constraint period_counts check (number between 1 and 1000000),
  first_on date, last_on date not null,                                    -- the first period has no first day
  zone text not null constraint period_zone_short check (length(zone) <= 60),
  from_at timestamptz not null, until_at timestamptz not null,
  after_carry int not null, carry int not null,                            -- carried forward before it, and at its end
  closed_by text not null constraint period_closer_short check (length(closed_by) <= 100),
  recorded_at timestamptz not null default kit.recorded_now(),
  previous int generated always as (nullif(number - 1, 0)) stored,
  constraint period_pkey primary key (organisation_id, number),
  constraint period_ends_on_a_day_once unique (organisation_id, last_on),
  constraint period_ends_once unique (organisation_id, until_at, number, carry),
  constraint period_follows foreign key (organisation_id, previous, from_at, after_carry) references billing.period (organisation_id, number, until_at, carry),
  constraint period_is_carried foreign key (organisation_id, carry, until_at) references billing.carry_forward (organisation_id, number, until_at),
  constraint period_begins_with_the_first check (number > 1 or (from_at = '1970-01-01 00:00:00+00' and after_carry = 0)),
  constraint first_day_of_all_but_the_first check ((first_on is null) = (number = 1)),
  constraint period_has_days check ((until_at > from_at and carry > after_carry and (first_on is null or last_on >= first_on)) is true),
  constraint period_ends_at_midnight check (until_at = ((last_on + 1)::timestamp at time zone zone)));
select kit.append_only('billing.period', except_columns => 'recorded_at');

-- What the organisation's accountants call an account: of a kind, or of one holder.
create table billing.account_number (
  organisation_id uuid not null,
  kind text not null constraint numbered_kind_known check (kind in ('receivable', 'customer_credit', 'cash_on_agent', 'cash_in_transit', 'cash_office',
    'cash_difference', 'owed_by_staff', 'cheques', 'bank', 'card_clearing', 'card_fees', 'disputes_held', 'refunds_due', 'unmatched', 'rounding', 'revenue', 'tax', 'write_off', 'bad_debt', 'compensation', 'other')),
  holder text not null constraint account_number_holder_short check (length(holder) <= 60),
  number text not null constraint account_number_short check (length(number) between 1 and 20),
  name text not null constraint account_name_short check (length(name) <= 100),
  constraint account_number_pkey primary key (organisation_id, kind, holder),
  constraint account_number_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.changeable('billing.account_number', 'number, name');
select kit.deletable('billing.account_number');
-- How often that list was said anew, and by whom: two people who change it at once don't undo each other.
create table billing.account_numbering (
  organisation_id uuid not null,
  version int not null constraint account_numbering_counts check (version between 1 and 1000000000),
  previous int generated always as (nullif(version - 1, 0)) stored,
  said_by text not null constraint account_numbering_sayer_short check (length(said_by) <= 100),
  said_at timestamptz not null,
  constraint one_account_numbering_a_version primary key (organisation_id, version),
  constraint account_numberings_follow foreign key (organisation_id, previous) references billing.account_numbering (organisation_id, version),
  constraint account_numbering_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.append_only('billing.account_numbering');
