-- verb: bank_cash
-- Accepted hand-ins, whole or in part, leave the office for the bank; never more than is left of one. Under the locks of those whose hand-ins they are.
with asked as (
  select t.hand_in_id, t.amount_minor, t.position::int as position
  from unnest(:hand_in_ids::uuid[], :amounts::bigint[]) with ordinality as t (hand_in_id, amount_minor, position)),
bags as (
  select k.position, k.hand_in_id, a.accepted_minor, a.currency, coalesce(b.step, 0) as step, coalesce(b.banked_after, 0) as banked_minor,
         coalesce(k.amount_minor, a.accepted_minor - coalesce(b.banked_after, 0)) as amount_minor
  from asked k
  cross join lateral (
    select a.* from billing.cash_acceptance a where a.organisation_id = :organisation::uuid and a.hand_in_id = k.hand_in_id and a.into_holder = '' limit 1) a
  left join lateral (
    select b.step, b.banked_after from billing.cash_banked b where b.organisation_id = :organisation::uuid and b.hand_in_id = k.hand_in_id order by b.step desc limit 1) b on true),
whole as (
  select count(*)::int as bags, coalesce(sum(amount_minor), 0)::bigint as amount_minor, min(currency) as currency, count(distinct currency) as currencies,
         bool_and(amount_minor between 1 and accepted_minor - banked_minor) as there
  from bags),
known as (
  select (d.slip, d.bank_account) = (:slip::text, :bank_account::text) as same, d.amount_minor, d.currency
  from billing.cash_deposit d where d.organisation_id = :organisation::uuid and d.deposit_id = :deposit_id::uuid),
-- First of these that holds.
verdict as (
  select w.*, case
      when exists (select from known) then 'KNOWN'
      when exists (select from billing.cash_deposit d where d.organisation_id = :organisation::uuid and d.slip = :slip::text) then 'SLIP_TAKEN'
      when w.bags < (select count(*) from asked) then 'NOT_IN_OFFICE'
      when w.currencies > 1 then 'CURRENCIES_MIXED'
      when not w.there then 'BANKED_BEFORE'
      else 'DONE' end as code
  from whole w),
passed as (
  select b.*, sum(b.amount_minor) over (order by b.position)::bigint as total_minor from bags b, verdict where code = 'DONE'),
moved as (
  select :deposit_id::uuid as posting_id, position as ordinal, 'deposit' as kind, 'cash_in_transit' as debit_kind, 'bank' as debit_holder, 'cash_office' as credit_kind, '' as credit_holder,
         currency, amount_minor, :deposit_id::uuid as strand, 'deposit' as subject_kind, :deposit_id::uuid as subject_id, :at::timestamptz as occurred_at
  from passed),
-- include: billing/transfers
,
banked as (
  insert into billing.cash_banked (organisation_id, hand_in_id, step, deposit_id, position, accepted_minor, currency, banked_before, banked_after, total_before, total_after)
  select :organisation::uuid, hand_in_id, step + 1, :deposit_id::uuid, position, accepted_minor, currency, banked_minor, banked_minor + amount_minor, total_minor - amount_minor, total_minor
  from passed),
deposited as (
  insert into billing.cash_deposit (organisation_id, deposit_id, slip, bank_account, positions, amount_minor, currency, banked_by, banked_at)
  select :organisation::uuid, :deposit_id::uuid, :slip::text, :bank_account::text, bags, amount_minor, currency, :banked_by::uuid, :at::timestamptz from verdict where code = 'DONE'),
happened as (
  select 'cash_banked' as kind, null::uuid as customer_id, 'deposit' as subject_kind, :deposit_id::uuid as subject_id,
         jsonb_build_object('slip', :slip::text, 'amount_minor', amount_minor, 'currency', currency, 'hand_ins', bags) as body
  from verdict where code = 'DONE'),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('deposit_id', :deposit_id::uuid, 'amount', jsonb_build_object('amount', amount_minor, 'currency', currency)) as body
  from verdict where code = 'DONE'
  union all
  select case when same then 200 else 409 end, case when not same then 'ID_TAKEN' end,
         case when same then jsonb_build_object('deposit_id', :deposit_id::uuid, 'amount', jsonb_build_object('amount', amount_minor, 'currency', currency)) else '{}'::jsonb end
  from known
  union all
  select case code when 'CURRENCIES_MIXED' then 422 else 409 end, code, '{}'::jsonb from verdict where code not in ('DONE', 'KNOWN'))

-- verb: confirm_deposit
-- The bank has it, as somebody says or as a line shows. What it counted otherwise stands on the difference account of whoever banked it. Under their lock.
with deposit as (
  select d.deposit_id, d.amount_minor, d.currency, d.banked_by, coalesce(c.step, 0) as step, coalesce(c.arrives, false) as arrived,
         coalesce(c.bank_reference, nullif(l.reference, ''), l.end_to_end_id) as bank_reference, c.arrived_minor
  from billing.cash_deposit d
  left join lateral (
    select c.* from billing.cash_arrival c where c.organisation_id = d.organisation_id and c.deposit_id = d.deposit_id order by c.step desc limit 1) c on true
  left join billing.bank_line l on l.organisation_id = d.organisation_id and l.line_id = c.line_id
  where d.organisation_id = :organisation::uuid and d.deposit_id = :deposit_id::uuid),
verdict as (
  select *, case
      when arrived then case when (bank_reference, arrived_minor) = (:bank_reference::text, :arrived_minor::bigint) then 'KNOWN' else 'DEPOSIT_ARRIVED' end
      when currency <> :currency::text then 'CURRENCY_DIFFERS'
      when amount_minor <> :arrived_minor::bigint and :reason::text is null then 'DIFFERENCE_UNEXPLAINED'
      when (amount_minor = :arrived_minor::bigint and :reason::text is not null) or (:reason::text in ('short', 'counterfeit', 'stolen') and amount_minor < :arrived_minor::bigint)
        or (:reason::text = 'over' and amount_minor > :arrived_minor::bigint) or (:reason::text = 'other' and :note::text is null) then 'REASON_DOES_NOT_FIT'
      else 'DONE' end as code
  from deposit),
passed as (select * from verdict where code = 'DONE'),
moved as (
  select :arrival_id::uuid as posting_id, o.ordinal, o.kind, o.debit_kind, o.debit_holder, o.credit_kind, o.credit_holder, currency, o.amount_minor, deposit_id as strand,
         'deposit' as subject_kind, deposit_id as subject_id, :arrived_at::timestamptz as occurred_at
  from passed
  cross join lateral (values
    (1, 'deposit', 'bank', '', 'cash_in_transit', 'bank', least(amount_minor, :arrived_minor::bigint)),
    (2, 'difference', 'cash_difference', banked_by::text, 'cash_in_transit', 'bank', greatest(amount_minor - :arrived_minor::bigint, 0)),
    (2, 'difference', 'bank', '', 'cash_difference', banked_by::text, greatest(:arrived_minor::bigint - amount_minor, 0)))
    as o (ordinal, kind, debit_kind, debit_holder, credit_kind, credit_holder, amount_minor)
  where o.amount_minor > 0),
-- include: billing/transfers
,
arrived as (
  insert into billing.cash_arrival (organisation_id, deposit_id, step, amount_minor, currency, banked_by, arrival_id, bank_reference, line_id, arrived_minor, reason, note, confirmed_by,
    arrived_at)
  select :organisation::uuid, deposit_id, step + 1, amount_minor, currency, banked_by, :arrival_id::uuid, case when :line_id::uuid is null then :bank_reference::text end, :line_id::uuid,
         :arrived_minor::bigint, :reason::text, :note::text, :actor::text, :arrived_at::timestamptz
  from passed),
happened as (
  select 'deposit_arrived' as kind, null::uuid as customer_id, 'deposit' as subject_kind, deposit_id as subject_id,
         jsonb_build_object('bank_reference', :bank_reference::text, 'bank_line_id', :line_id::uuid, 'arrived_minor', :arrived_minor::bigint, 'amount_minor', amount_minor,
           'currency', currency, 'reason', :reason::text) as body
  from passed),
answer as (
  select case code when 'DONE' then 201 else 200 end as status, null::text as code,
         jsonb_build_object('deposit_id', deposit_id, 'difference_minor', :arrived_minor::bigint - amount_minor) as body
  from verdict where code in ('DONE', 'KNOWN')
  union all
  select case code when 'DEPOSIT_ARRIVED' then 409 else 422 end, code, '{}'::jsonb from verdict where code not in ('DONE', 'KNOWN'))

-- verb: take_arrival_back
-- The match of the line that showed it was undone: the deposit is on its way again.
with arrival as (
  select c.* from (select :deposit_id::uuid as deposit_id) k
  cross join lateral (
    select c.* from billing.cash_arrival c where c.organisation_id = :organisation::uuid and c.deposit_id = k.deposit_id order by c.step desc limit 1) c
  where c.arrives),
settled as (
  select s.step from arrival a cross join lateral (
    select s.step from billing.cash_settlement s where s.organisation_id = :organisation::uuid and s.difference_id = a.arrival_id and s.step = 1 limit 1) s),
taking as (select * from arrival where not exists (select from settled)),
moved as (
  select :arrival_id::uuid as posting_id, o.ordinal, o.kind, o.debit_kind, o.debit_holder, o.credit_kind, o.credit_holder, currency, o.amount_minor, deposit_id as strand,
         'deposit' as subject_kind, deposit_id as subject_id, :at::timestamptz as occurred_at
  from taking
  cross join lateral (values
    (1, 'deposit', whole_credit_kind, whole_credit_holder, whole_debit_kind, whole_debit_holder, whole_minor),
    (2, 'difference', differs_credit_kind, differs_credit_holder, differs_debit_kind, differs_debit_holder, differs_minor))
    as o (ordinal, kind, debit_kind, debit_holder, credit_kind, credit_holder, amount_minor)
  where o.amount_minor > 0),
-- include: billing/transfers
,
taken_back as (
  insert into billing.cash_arrival (organisation_id, deposit_id, step, amount_minor, currency, banked_by, arrival_id, undoes, line_id, arrived_minor, confirmed_by, arrived_at)
  select :organisation::uuid, deposit_id, step + 1, amount_minor, currency, banked_by, :arrival_id::uuid, arrival_id, line_id, arrived_minor, :actor::text, :at::timestamptz from taking),
ended as (
  insert into billing.cash_settlement (organisation_id, arrival_id, step, settlement_id, staff_id, currency, confirmed_by, missing_minor, how, open_before, open_after, note, settled_at)
  select :organisation::uuid, arrival_id, 1, :arrival_id::uuid, banked_by, currency, confirmed_by, missing_minor, 'taken_back', missing_minor, 0, 'The arrival was taken back',
         :at::timestamptz
  from taking where missing_minor <> 0),
happened as (
  select 'deposit_arrival_taken_back' as kind, null::uuid as customer_id, 'deposit' as subject_kind, deposit_id as subject_id,
         jsonb_build_object('bank_line_id', line_id, 'arrived_minor', arrived_minor, 'currency', currency) as body
  from taking),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('deposit_id', deposit_id, 'difference_minor', arrived_minor - amount_minor) as body from taking
  union all
  select 409, 'DIFFERENCE_SETTLED', '{}'::jsonb from settled)

-- query: deposits_to_see
-- Those that no line shows, by slip, by the bank's reference that somebody told, or by amount; the first nine of an amount.
with
-- include: billing/deposits_in_bank
select d.*, 'deposit_slip' from unnest(:words::text[]) k (word)
cross join lateral (select d.* from deposits_in_bank d where d.slip_key = k.word and not d.seen offset 0) d
union all
select d.*, 'told_before' from unnest(:references::text[]) k (reference)
cross join lateral (select c.deposit_id from billing.cash_arrival c where c.organisation_id = :organisation and c.bank_reference = k.reference offset 0) c
cross join lateral (select d.* from deposits_in_bank d where d.deposit_id = c.deposit_id and not d.seen limit 1) d
union all
select d.*, 'deposit_amount' from unnest(:amounts::bigint[], :currencies::text[]) k (amount_minor, currency)
cross join lateral (
  select d.* from deposits_in_bank d where d.amount_minor = k.amount_minor and d.currency = k.currency and not d.seen order by d.deposit_id limit 9) d

-- query: deposit_in_bank
with
-- include: billing/deposits_in_bank
select * from deposits_in_bank where deposit_id = :deposit_id

-- query: list_cash_in_office
-- What of accepted hand-ins nobody has taken to the bank, the oldest first.
select a.hand_in_id, s.name, a.accepted_at, a.currency, a.accepted_minor - coalesce(b.banked_after, 0)
from billing.cash_acceptance a
join identity.staff s on s.organisation_id = a.organisation_id and s.staff_id = a.staff_id
left join lateral (
  select b.banked_after from billing.cash_banked b where b.organisation_id = :organisation and b.hand_in_id = a.hand_in_id order by b.step desc limit 1) b on true
where a.organisation_id = :organisation and a.into_holder = '' and coalesce(b.banked_after, 0) < a.accepted_minor
order by a.hand_in_id limit 200

-- query: list_deposits
-- By slip where one is named: a bank's line knows nothing else of it.
select d.deposit_id, d.slip, d.bank_account, jsonb_build_object('amount', d.amount_minor, 'currency', d.currency), d.banked_by, d.banked_at,
       (select jsonb_agg(jsonb_build_object('hand_in_id', b.hand_in_id, 'amount_minor', b.banked_after - b.banked_before) order by b.position)
        from billing.cash_banked b where b.organisation_id = :organisation and b.deposit_id = d.deposit_id),
       coalesce(c.bank_reference, nullif(l.reference, ''), nullif(l.end_to_end_id, '')), c.arrived_minor, c.arrived_at, c.reason, c.note, s.line_id
from billing.cash_deposit d
left join lateral (
  select c.* from billing.cash_arrival c where c.organisation_id = :organisation and c.deposit_id = d.deposit_id order by c.step desc limit 1) t on true
left join billing.cash_arrival c on c.organisation_id = d.organisation_id and c.deposit_id = d.deposit_id and c.step = t.step and t.arrives
left join billing.bank_line l on l.organisation_id = d.organisation_id and l.line_id = c.line_id
left join lateral (
  select s.line_id, s.kind from billing.bank_step s where s.organisation_id = :organisation and s.own_money = d.deposit_id order by s.sight desc limit 1) s on s.kind <> 'undo'
where d.organisation_id = :organisation and d.deposit_id > :after and (:slip::text is null or d.slip = :slip::text)
  and (:arrived::boolean is null or :arrived::boolean = coalesce(t.arrives, false))
order by d.deposit_id limit :limit + 1
