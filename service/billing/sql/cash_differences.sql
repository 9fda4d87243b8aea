-- verb: settle_difference
-- What is open of a difference becomes a debt of the agent's, a loss (or gain) of the company's, or is there again. Under the agent's lock.
with difference as (
  select a.hand_in_id, null::uuid as arrival_id, null::uuid as deposit_id, a.hand_in_id as difference_id, a.staff_id, a.currency, a.accepted_by, null::text as confirmed_by, a.missing_minor
  from billing.cash_acceptance a where a.organisation_id = :organisation::uuid and a.hand_in_id = :hand_in_id::uuid
  union all
  select null, c.arrival_id, c.deposit_id, c.arrival_id, c.banked_by, c.currency, null, c.confirmed_by, c.missing_minor
  from (select :deposit_id::uuid as deposit_id) k
  cross join lateral (
    select c.* from billing.cash_arrival c where c.organisation_id = :organisation::uuid and c.deposit_id = k.deposit_id order by c.step desc limit 1) c
  where c.arrives),
known as (
  select s.difference_id is not distinct from (select difference_id from difference) and s.how = :how::text and (:amount_minor::bigint is null or s.amount_minor = :amount_minor::bigint) as same, s.open_after
  from billing.cash_settlement s where s.organisation_id = :organisation::uuid and s.settlement_id = :settlement_id::uuid),
last as (
  select s.step, s.open_after from difference d cross join lateral (
    select s.step, s.open_after from billing.cash_settlement s where s.organisation_id = :organisation::uuid and s.difference_id = d.difference_id order by s.step desc limit 1) s),
asked as (
  select d.*, coalesce(l.step, 0) + 1 as step, coalesce(l.open_after, d.missing_minor) as open_before, coalesce(:amount_minor::bigint, abs(coalesce(l.open_after, d.missing_minor))) as amount_minor
  from difference d left join last l on true),
-- First of these that holds.
verdict as (
  select *, open_before - sign(missing_minor)::bigint * amount_minor as open_after, case
      when exists (select from known) then 'KNOWN'
      when :settled_by::uuid in (staff_id, accepted_by) or 'staff:' || :settled_by::uuid = confirmed_by then 'SETTLED_BY_SOMEBODY_ELSE'
      when amount_minor > abs(open_before) or open_before = 0 then 'MORE_THAN_DIFFERS'
      when case when missing_minor > 0 then :how::text = 'given_back' else :how::text in ('charged', 'turned_up') end then 'SETTLED_OTHERWISE'
      else 'DONE' end as code
  from asked),
passed as (select * from verdict where code = 'DONE'),
moved as (
  select :settlement_id::uuid as posting_id, 1 as ordinal, 'difference' as kind,
         case when missing_minor < 0 then 'cash_difference' when :how::text = 'charged' then 'owed_by_staff' when :how::text = 'written_off' then 'write_off' else 'cash_office' end as debit_kind,
         case when missing_minor < 0 or :how::text = 'charged' then staff_id::text else '' end as debit_holder,
         case when missing_minor > 0 then 'cash_difference' when :how::text = 'written_off' then 'write_off' else 'cash_office' end as credit_kind,
         case when missing_minor > 0 then staff_id::text else '' end as credit_holder,
         currency, amount_minor, :settlement_id::uuid as strand, case when deposit_id is null then 'hand_in' else 'deposit' end as subject_kind, coalesce(deposit_id, hand_in_id) as subject_id,
         :at::timestamptz as occurred_at
  from passed),
-- include: billing/transfers
,
settled as (
  insert into billing.cash_settlement (organisation_id, hand_in_id, arrival_id, step, settlement_id, staff_id, currency, accepted_by, confirmed_by, missing_minor, how, open_before, open_after, note, settled_by,
    settled_at)
  select :organisation::uuid, hand_in_id, arrival_id, step, :settlement_id::uuid, staff_id, currency, accepted_by, confirmed_by, missing_minor, :how::text, open_before, open_after, :note::text,
         :settled_by::uuid, :at::timestamptz
  from passed),
happened as (
  select 'cash_difference_settled' as kind, null::uuid as customer_id, case when deposit_id is null then 'hand_in' else 'deposit' end as subject_kind,
         coalesce(deposit_id, hand_in_id) as subject_id,
         jsonb_build_object('settlement_id', :settlement_id::uuid, 'staff_id', staff_id, 'how', :how::text, 'amount_minor', amount_minor, 'open_minor', -open_after, 'currency', currency) as body
  from passed),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('settlement_id', :settlement_id::uuid, 'hand_in_id', hand_in_id, 'deposit_id', deposit_id, 'open_minor', -open_after) as body from passed
  union all
  select case when same then 200 else 409 end, case when not same then 'ID_TAKEN' end,
         case when same then jsonb_build_object('settlement_id', :settlement_id::uuid, 'hand_in_id', :hand_in_id::uuid, 'deposit_id', :deposit_id::uuid, 'open_minor', -open_after) else '{}'::jsonb end
  from known
  union all
  select case code when 'SETTLED_BY_SOMEBODY_ELSE' then 403 when 'SETTLED_OTHERWISE' then 422 else 409 end, code, '{}'::jsonb from verdict where code not in ('DONE', 'KNOWN'))

-- verb: undo_settlement
-- A settlement that was a mistake: the same entry the other way round, and what it settled is open again. Once; under the agent's lock.
with settlement as (
  select s.*, l.step as last_step, l.open_after as open_before_undo, coalesce(c.deposit_id, s.hand_in_id) as subject_id, c.deposit_id,
    (select u.settlement_id from billing.cash_settlement u where u.organisation_id = :organisation::uuid and u.undoes = s.settlement_id limit 1) as undone_by
  from (select s.* from billing.cash_settlement s where s.organisation_id = :organisation::uuid and s.settlement_id = :settlement_id::uuid limit 1) s
  cross join lateral (
    select l.step, l.open_after from billing.cash_settlement l where l.organisation_id = :organisation::uuid and l.difference_id = s.difference_id order by l.step desc limit 1) l
  left join lateral (select c.deposit_id from billing.cash_arrival c where c.organisation_id = :organisation::uuid and c.arrival_id = s.arrival_id limit 1) c on true),
verdict as (
  select *, open_before_undo + sign(missing_minor)::bigint * amount_minor as open_now, case
      when undone_by is not null then 'KNOWN'
      when how in ('undone', 'taken_back') then 'SETTLED_OTHERWISE'
      when :settled_by::uuid in (staff_id, accepted_by) or 'staff:' || :settled_by::uuid = confirmed_by then 'SETTLED_BY_SOMEBODY_ELSE'
      else 'DONE' end as code
  from settlement),
passed as (select * from verdict where code = 'DONE'),
moved as (
  select :undo_id::uuid as posting_id, 1 as ordinal, 'difference' as kind, credit_kind as debit_kind, credit_holder as debit_holder, debit_kind as credit_kind, debit_holder as credit_holder, currency,
         amount_minor, :undo_id::uuid as strand, case when deposit_id is null then 'hand_in' else 'deposit' end as subject_kind, subject_id, :at::timestamptz as occurred_at
  from passed),
-- include: billing/transfers
,
undone as (
  insert into billing.cash_settlement (organisation_id, hand_in_id, arrival_id, step, settlement_id, staff_id, currency, accepted_by, confirmed_by, missing_minor, how, undoes, undoes_how,
    open_before, open_after, note, settled_by, settled_at)
  select :organisation::uuid, hand_in_id, arrival_id, last_step + 1, :undo_id::uuid, staff_id, currency, accepted_by, confirmed_by, missing_minor, 'undone', settlement_id, how,
         open_before_undo, open_now, :note::text, :settled_by::uuid, :at::timestamptz
  from passed),
happened as (
  select 'cash_settlement_undone' as kind, null::uuid as customer_id, case when deposit_id is null then 'hand_in' else 'deposit' end as subject_kind, subject_id,
         jsonb_build_object('settlement_id', settlement_id, 'staff_id', staff_id, 'how', how, 'amount_minor', amount_minor, 'open_minor', -open_now, 'currency', currency) as body
  from passed),
answer as (
  select case code when 'KNOWN' then 200 else 201 end as status, null::text as code,
         jsonb_build_object('settlement_id', coalesce(undone_by, :undo_id::uuid), 'hand_in_id', hand_in_id, 'deposit_id', deposit_id,
           'open_minor', -case code when 'KNOWN' then open_before_undo else open_now end) as body
  from verdict where code in ('DONE', 'KNOWN')
  union all
  select case code when 'SETTLED_BY_SOMEBODY_ELSE' then 403 else 422 end, code, '{}'::jsonb from verdict where code not in ('DONE', 'KNOWN'))

-- query: list_differences
-- Differences with what is open of them, of hand-ins and of deposits that have arrived; settled ones only where they are asked for too.
with differing as (
  select a.hand_in_id as difference_id, a.hand_in_id, null::uuid as deposit_id, null::text as slip, a.staff_id, a.currency, a.counted_minor, a.accepted_minor, a.missing_minor, a.reason, a.note,
         a.accepted_by, a.accepted_at
  from billing.cash_acceptance a where a.organisation_id = :organisation and a.missing_minor <> 0 and a.hand_in_id > :after
  union all
  select c.arrival_id, null, c.deposit_id, d.slip, c.banked_by, c.currency, c.amount_minor, c.arrived_minor, c.missing_minor, c.reason, c.note,
         substring(c.confirmed_by from '^staff:(.*)$')::uuid, c.arrived_at
  from billing.cash_arrival c join billing.cash_deposit d on d.organisation_id = c.organisation_id and d.deposit_id = c.deposit_id
  where c.organisation_id = :organisation and c.arrives and c.missing_minor <> 0 and c.arrival_id > :after
    and not exists (
      select from billing.cash_settlement t where t.organisation_id = :organisation and t.difference_id = c.arrival_id and t.how = 'taken_back'))
select a.difference_id, a.hand_in_id, a.deposit_id, a.slip, a.staff_id, s.name, a.currency, a.counted_minor, a.accepted_minor, -a.missing_minor, -coalesce(l.open_after, a.missing_minor),
       a.reason, a.note, a.accepted_by, b.name, a.accepted_at, coalesce((
         select jsonb_agg(jsonb_build_object('settlement_id', t.settlement_id, 'how', t.how, 'amount_minor', t.amount_minor, 'note', t.note, 'settled_by', t.settled_by,
           'settled_at', t.settled_at) order by t.step)
         from billing.cash_settlement t where t.organisation_id = :organisation and t.difference_id = a.difference_id), '[]')
from differing a
join identity.staff s on s.organisation_id = :organisation and s.staff_id = a.staff_id
left join identity.staff b on b.organisation_id = :organisation and b.staff_id = a.accepted_by
left join lateral (
  select t.open_after from billing.cash_settlement t where t.organisation_id = :organisation and t.difference_id = a.difference_id order by t.step desc limit 1) l on true
where (:settled::boolean or coalesce(l.open_after, a.missing_minor) <> 0) and (:staff_id::uuid is null or a.staff_id = :staff_id::uuid)
order by a.difference_id limit :limit + 1

-- query: latest_settlements
-- What became of differences lately, the last first; not what was undone or ended with its arrival.
select t.settlement_id, t.staff_id, s.name, coalesce(t.accepted_by, substring(t.confirmed_by from '^staff:(.*)$')::uuid), t.currency, t.how, -sign(t.missing_minor)::bigint * t.amount_minor, t.note, b.name,
  t.settled_at
from billing.cash_settlement t
join identity.staff s on s.organisation_id = :organisation and s.staff_id = t.staff_id
join identity.staff b on b.organisation_id = :organisation and b.staff_id = t.settled_by
where t.organisation_id = :organisation and t.how not in ('undone', 'taken_back')
  and not exists (select from billing.cash_settlement u where u.organisation_id = :organisation and u.undoes = t.settlement_id)
order by t.settlement_id desc limit :limit
