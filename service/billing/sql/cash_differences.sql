-- verb: settle_difference
-- What is open of a difference becomes a debt of the agent's, a loss (or gain) of the company's, or is there again. Under the agent's lock.
with difference as (
  select a.hand_in_id, a.staff_id, a.currency, a.accepted_by, a.missing_minor
  from billing.cash_acceptance a where a.organisation_id = :organisation::uuid and a.hand_in_id = :hand_in_id::uuid),
known as (
  select s.hand_in_id = :hand_in_id::uuid and s.how = :how::text and (:amount_minor::bigint is null or s.amount_minor = :amount_minor::bigint) as same, s.open_after
  from billing.cash_settlement s where s.organisation_id = :organisation::uuid and s.settlement_id = :settlement_id::uuid),
last as (
  select s.step, s.open_after from billing.cash_settlement s where s.organisation_id = :organisation::uuid and s.hand_in_id = :hand_in_id::uuid order by s.step desc limit 1),
asked as (
  select d.*, coalesce(l.step, 0) + 1 as step, coalesce(l.open_after, d.missing_minor) as open_before, coalesce(:amount_minor::bigint, abs(coalesce(l.open_after, d.missing_minor))) as amount_minor
  from difference d left join last l on true),
-- First of these that holds.
verdict as (
  select *, open_before - sign(missing_minor)::bigint * amount_minor as open_after, case
      when exists (select from known) then 'KNOWN'
      when :settled_by::uuid in (staff_id, accepted_by) then 'SETTLED_BY_SOMEBODY_ELSE'
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
         currency, amount_minor, :settlement_id::uuid as strand, 'hand_in' as subject_kind, hand_in_id as subject_id, :at::timestamptz as occurred_at
  from passed),
-- include: billing/transfers
,
settled as (
  insert into billing.cash_settlement (organisation_id, hand_in_id, step, settlement_id, staff_id, currency, accepted_by, missing_minor, how, open_before, open_after, note, settled_by,
    settled_at)
  select :organisation::uuid, hand_in_id, step, :settlement_id::uuid, staff_id, currency, accepted_by, missing_minor, :how::text, open_before, open_after, :note::text,
         :settled_by::uuid, :at::timestamptz
  from passed),
happened as (
  select 'cash_difference_settled' as kind, null::uuid as customer_id, 'hand_in' as subject_kind, hand_in_id as subject_id,
         jsonb_build_object('settlement_id', :settlement_id::uuid, 'staff_id', staff_id, 'how', :how::text, 'amount_minor', amount_minor, 'open_minor', -open_after, 'currency', currency) as body
  from passed),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('settlement_id', :settlement_id::uuid, 'hand_in_id', hand_in_id, 'open_minor', -open_after) as body from passed
  union all
  select case when same then 200 else 409 end, case when not same then 'ID_TAKEN' end,
         case when same then jsonb_build_object('settlement_id', :settlement_id::uuid, 'hand_in_id', :hand_in_id::uuid, 'open_minor', -open_after) else '{}'::jsonb end
  from known
  union all
  select case code when 'SETTLED_BY_SOMEBODY_ELSE' then 403 when 'SETTLED_OTHERWISE' then 422 else 409 end, code, '{}'::jsonb from verdict where code not in ('DONE', 'KNOWN'))

-- query: list_differences
-- Differences with what is open of them; settled ones only where they are asked for too.
select a.hand_in_id, a.staff_id, s.name, a.currency, a.counted_minor, a.accepted_minor, -a.missing_minor, -coalesce(l.open_after, a.missing_minor), a.reason, a.note, a.accepted_by, b.name,
       a.accepted_at, coalesce((
         select jsonb_agg(jsonb_build_object('settlement_id', t.settlement_id, 'how', t.how, 'amount_minor', t.amount_minor, 'note', t.note, 'settled_by', t.settled_by,
           'settled_at', t.settled_at) order by t.step)
         from billing.cash_settlement t where t.organisation_id = :organisation and t.hand_in_id = a.hand_in_id), '[]')
from billing.cash_acceptance a
join identity.staff s on s.organisation_id = a.organisation_id and s.staff_id = a.staff_id
join identity.staff b on b.organisation_id = a.organisation_id and b.staff_id = a.accepted_by
left join lateral (
  select t.open_after from billing.cash_settlement t where t.organisation_id = :organisation and t.hand_in_id = a.hand_in_id order by t.step desc limit 1) l on true
where a.organisation_id = :organisation and a.missing_minor <> 0 and a.hand_in_id > :after and (:settled::boolean or coalesce(l.open_after, a.missing_minor) <> 0)
  and (:staff_id::uuid is null or a.staff_id = :staff_id::uuid)
order by a.hand_in_id limit :limit + 1
