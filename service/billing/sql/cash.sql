-- query: cash_on_agents
-- To others an agent's cash stays in the agent's hands until it is accepted: what left them would tell the count that is made blind.
select distinct on (c.staff_id, c.currency) c.staff_id, c.currency, c.held_after + case when c.staff_id = :asker::uuid then 0 else (
    select coalesce(sum(h.counted_minor), 0)::bigint from billing.cash_hand_in h
    where h.organisation_id = c.organisation_id and h.staff_id = c.staff_id and h.currency = c.currency
      and not exists (select from billing.cash_acceptance a where a.organisation_id = h.organisation_id and a.hand_in_id = h.hand_in_id)) end
from billing.cash_custody c
where c.organisation_id = :organisation and (:staff_id::uuid is null or c.staff_id = :staff_id::uuid)
order by c.staff_id, c.currency, c.step desc

-- verb: hand_in_cash
-- The agent's count leaves the agent's hands; at most what the agent holds. Under the agent's own lock.
with told as (
  select :hand_in_id::uuid as hand_in_id, :staff_id::uuid as staff_id, :to_staff_id::uuid as to_staff_id, :counted_minor::bigint as counted_minor, :currency::text as currency),
known as (
  select h.hand_in_id, (h.staff_id, h.to_staff_id, h.counted_minor, h.currency) is not distinct from (told.staff_id, told.to_staff_id, told.counted_minor, told.currency) as same
  from told join billing.cash_hand_in h on h.organisation_id = :organisation::uuid and h.hand_in_id = told.hand_in_id),
held as (
  select coalesce((
    select c.held_after from billing.cash_custody c where c.organisation_id = :organisation::uuid and c.staff_id = :staff_id::uuid and c.currency = :currency::text
    order by c.step desc limit 1), 0) as held_minor),
-- Who is handed cash may be asked for it: somebody who works here.
verdict as (
  select case
    when exists (select from known) then 'KNOWN'
    when to_staff_id is not null and not exists (
      select from identity.staff s where s.organisation_id = :organisation::uuid and s.staff_id = told.to_staff_id and s.active) then 'RECEIVER_UNKNOWN'
    when to_staff_id = staff_id then 'HANDED_TO_ONESELF'
    when counted_minor > held_minor then 'MORE_THAN_HELD'
    else 'DONE' end as code
  from told, held),
passed as (
  select told.*, held_minor - told.counted_minor as left_minor from told, held, verdict where code = 'DONE'),
moved as (
  select hand_in_id as posting_id, 1 as ordinal, 'hand_in' as kind, 'cash_in_transit' as debit_kind, '' as debit_holder, 'cash_on_agent' as credit_kind,
         staff_id::text as credit_holder, currency, counted_minor as amount_minor, hand_in_id as strand, 'hand_in' as subject_kind, hand_in_id as subject_id,
         :at::timestamptz as occurred_at
  from passed),
-- include: billing/transfers
,
handed_in as (
  insert into billing.cash_hand_in (organisation_id, hand_in_id, staff_id, to_staff_id, counted_minor, currency, pieces, handed_in_at)
  select :organisation::uuid, hand_in_id, staff_id, to_staff_id, counted_minor, currency, :pieces::jsonb, :at::timestamptz from passed),
happened as (
  select 'cash_handed_in' as kind, null::uuid as customer_id, 'hand_in' as subject_kind, hand_in_id as subject_id,
         jsonb_build_object('staff_id', staff_id, 'to_staff_id', to_staff_id, 'currency', currency) as body  -- the count is told with the acceptance's own
  from passed),
wanted as (select md5('limit' || hand_in_id)::uuid as task_id, 'judge_cash_limit' as kind, staff_id as subject_id, :at::timestamptz as due_at, '{}'::jsonb as body from passed),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('hand_in_id', hand_in_id, 'left_minor', left_minor) as body from passed
  union all
  select case when same then 200 else 409 end, case when not same then 'HAND_IN_DIFFERS' end,
         case when same then jsonb_build_object('hand_in_id', hand_in_id, 'left_minor', held_minor) else '{}'::jsonb end from known, held
  union all
  select case code when 'MORE_THAN_HELD' then 409 else 422 end, code, '{}'::jsonb from verdict where code not in ('DONE', 'KNOWN'))

-- verb: accept_cash
-- Counted by somebody else, blind; what is missing or too much goes to the difference account of the agent, with its reason.
-- Each count is kept, also the one that differed. Into the office, or into the hands of the one that it was handed to, whose lock is held too.
with hand_in as (
  select h.hand_in_id, h.staff_id, h.counted_minor, h.currency, h.into_kind, h.into_holder, a.accepted_minor, a.accepted_by, a.reason as accepted_reason, a.note as accepted_note
  from billing.cash_hand_in h
  left join billing.cash_acceptance a on a.organisation_id = h.organisation_id and a.hand_in_id = h.hand_in_id
  where h.organisation_id = :organisation::uuid and h.hand_in_id = :hand_in_id::uuid),
last_count as (
  select c.number, c.counted_minor from billing.cash_count c
  where c.organisation_id = :organisation::uuid and c.hand_in_id = :hand_in_id::uuid and c.counted_by = :accepted_by::uuid
  order by c.number desc limit 1),
-- First of these that holds.
verdict as (
  select h.*, coalesce(l.number, 0) + case when l.counted_minor is distinct from :accepted_minor::bigint then 1 else 0 end as count_number,
    l.counted_minor is distinct from :accepted_minor::bigint as counted_anew,
    case
      when into_holder <> '' and into_holder <> (:accepted_by::uuid)::text then 'FOR_SOMEBODY_ELSE'
      when accepted_by is not null then case when (accepted_by, accepted_minor, currency, accepted_reason, accepted_note) is not distinct from
        (:accepted_by::uuid, :accepted_minor::bigint, :currency::text, :reason::text, :note::text) then 'KNOWN' else 'HAND_IN_ACCEPTED' end
      when into_holder = '' and not :in_office::boolean then 'FOR_SOMEBODY_ELSE'
      when staff_id = :accepted_by::uuid then 'ACCEPTED_BY_SOMEBODY_ELSE'
      when currency <> :currency::text then 'CURRENCY_DIFFERS'
      when l.number = 5 and l.counted_minor <> :accepted_minor::bigint then 'COUNTED_TOO_OFTEN'
      when h.counted_minor <> :accepted_minor::bigint and :reason::text is null then 'DIFFERENCE_UNEXPLAINED'
      when (h.counted_minor = :accepted_minor::bigint and :reason::text is not null) or (:reason::text in ('short', 'counterfeit', 'stolen') and h.counted_minor < :accepted_minor::bigint)
        or (:reason::text = 'over' and h.counted_minor > :accepted_minor::bigint) then 'REASON_DOES_NOT_FIT'
      when :reason::text = 'other' and :note::text is null then 'REASON_DOES_NOT_FIT'
      else 'DONE' end as code
  from hand_in h left join last_count l on true),
passed as (select * from verdict where code = 'DONE'),
counted as (
  insert into billing.cash_count (organisation_id, hand_in_id, counted_by, number, counted_minor, pieces, counted_at)
  select :organisation::uuid, hand_in_id, :accepted_by::uuid, count_number, :accepted_minor::bigint, :pieces::jsonb, :at::timestamptz
  from verdict where counted_anew and code in ('DONE', 'DIFFERENCE_UNEXPLAINED', 'REASON_DOES_NOT_FIT')),
moved as (
  select hand_in_id as posting_id, 1 + o.ordinal as ordinal, o.kind, o.debit_kind, o.debit_holder, o.credit_kind, o.credit_holder, currency, o.amount_minor, hand_in_id as strand,
         'hand_in' as subject_kind, hand_in_id as subject_id, :at::timestamptz as occurred_at
  from passed
  cross join lateral (values
    (1, 'acceptance', into_kind, into_holder, 'cash_in_transit', '', least(counted_minor, :accepted_minor::bigint)),
    (2, 'difference', 'cash_difference', staff_id::text, 'cash_in_transit', '', greatest(counted_minor - :accepted_minor::bigint, 0)),
    (3, 'difference', into_kind, into_holder, 'cash_difference', staff_id::text, greatest(:accepted_minor::bigint - counted_minor, 0)))
    as o (ordinal, kind, debit_kind, debit_holder, credit_kind, credit_holder, amount_minor)
  where o.amount_minor > 0),
-- include: billing/transfers
,
accepted as (
  insert into billing.cash_acceptance (organisation_id, hand_in_id, staff_id, counted_minor, currency, into_holder, accepted_by, accepted_minor, count_number, reason, note, accepted_at)
  select :organisation::uuid, hand_in_id, staff_id, counted_minor, currency, into_holder, :accepted_by::uuid, :accepted_minor::bigint, count_number, :reason::text, :note::text, :at::timestamptz
  from passed),
happened as (
  select 'cash_accepted' as kind, null::uuid as customer_id, 'hand_in' as subject_kind, hand_in_id as subject_id,
         jsonb_build_object('staff_id', staff_id, 'accepted_by', :accepted_by::uuid, 'accepted_minor', :accepted_minor::bigint, 'counted_minor', counted_minor, 'currency', currency,
           'reason', :reason::text) as body
  from passed),
answer as (
  select case code when 'DONE' then 201 else 200 end as status, null::text as code,
         jsonb_build_object('hand_in_id', hand_in_id, 'difference_minor', :accepted_minor::bigint - counted_minor) as body
  from verdict where code in ('DONE', 'KNOWN')
  union all
  select case when code in ('DIFFERENCE_UNEXPLAINED', 'CURRENCY_DIFFERS', 'REASON_DOES_NOT_FIT') then 422
           when code in ('ACCEPTED_BY_SOMEBODY_ELSE', 'FOR_SOMEBODY_ELSE') then 403 else 409 end, code, '{}'::jsonb
  from verdict where code not in ('DONE', 'KNOWN'))

-- query: list_hand_ins
-- include: billing/told_hand_in
where h.organisation_id = :organisation and h.hand_in_id > :after and (:staff_id::uuid is null or h.staff_id = :staff_id::uuid or (:received_too::boolean and h.to_staff_id = :staff_id::uuid))
  and (:waiting::boolean is null or :waiting::boolean = (a.hand_in_id is null))
order by h.hand_in_id limit :limit + 1

-- query: find_hand_in_to_count
-- Of whoever handed it in or for whom it is, where one is named.
-- include: billing/told_hand_in
where h.organisation_id = :organisation and h.hand_in_id = :hand_in_id and a.hand_in_id is null
  and (:staff_id::uuid is null or :staff_id::uuid in (h.staff_id, h.to_staff_id))
