-- query: who_holds_cash
-- At an instant: each agent, the office, what is on its way to the bank. To others a hand-in counts as still in the agent's hands until it is accepted.
with begun as (
  select b.staff_id, b.currency from billing.cash_custody b where b.organisation_id = :organisation and b.step = 1),
held as (
  select b.staff_id, b.currency, c.step, c.held_after + hidden.minor as held_minor, coalesce(hidden.first_step, c.step + 1) as first_hidden, hidden.minor as hidden_minor, m.limit_minor
  from begun b
  cross join lateral (
    select c.step, c.held_after from billing.cash_custody c
    join billing.account_entry e on e.organisation_id = c.organisation_id and e.account_kind = 'cash_on_agent' and e.account_holder = c.holder and e.currency = c.currency
      and e.strand = c.strand and e.version = c.version
    join billing.transfer t on t.organisation_id = e.organisation_id and t.posting_id = e.posting_id and t.ordinal = e.ordinal
    where c.organisation_id = :organisation and c.staff_id = b.staff_id and c.currency = b.currency and t.recorded_at <= :until::timestamptz
    order by c.step desc limit 1) c
  cross join lateral (
    select coalesce(sum(h.counted_minor), 0)::bigint as minor, min(k.step) as first_step
    from billing.cash_hand_in h
    join billing.cash_custody k on k.organisation_id = h.organisation_id and k.holder = h.staff_id::text and k.currency = h.currency and k.strand = h.hand_in_id
    where h.organisation_id = :organisation and h.staff_id = b.staff_id and h.currency = b.currency and b.staff_id <> :asker::uuid and k.step <= c.step
      and not exists (select from billing.cash_acceptance a where a.organisation_id = h.organisation_id and a.hand_in_id = h.hand_in_id)) hidden
  cross join lateral (
    select coalesce(
      (select l.limit_minor from billing.cash_limit l where l.organisation_id = :organisation and l.holder = b.staff_id::text and l.currency = b.currency
         and l.recorded_at <= :until::timestamptz order by l.version desc limit 1),
      (select l.limit_minor from billing.cash_limit l where l.organisation_id = :organisation and l.holder = '' and l.currency = b.currency
         and l.recorded_at <= :until::timestamptz order by l.version desc limit 1)) as limit_minor) m),
-- What came in since the hands were last empty, against all that went out since: the first to come is the first to go.
oldest as (
  select h.staff_id, h.currency, min(i.step) as step
  from held h
  cross join lateral (
    select coalesce(max(z.step), 0) as step from billing.cash_custody z
    where z.organisation_id = :organisation and z.staff_id = h.staff_id and z.currency = h.currency and z.held_after = 0 and z.step < h.first_hidden and z.step <= h.step) empty
  cross join lateral (
    select c.step, sum(case c.side when 'debit' then c.amount_minor else 0 end) over (order by c.step) as into_hands, sum(case c.side when 'debit' then c.amount_minor else 0 end) over () as in_all
    from billing.cash_custody c
    where c.organisation_id = :organisation and c.staff_id = h.staff_id and c.currency = h.currency and c.step > empty.step and c.step <= h.step) i
  where h.held_minor > 0 and i.into_hands > i.in_all - h.held_minor
  group by h.staff_id, h.currency),
elsewhere as (
  select s.account, s.currency, sum(s.amount_minor)::bigint as held_minor
  from (
    select t.debit_kind || t.debit_holder as account, t.currency, t.amount_minor from billing.transfer t
    where t.organisation_id = :organisation and t.recorded_at <= :until::timestamptz and (t.debit_kind, t.debit_holder) in (('cash_office', ''), ('cash_in_transit', 'bank'))
    union all
    select t.credit_kind || t.credit_holder, t.currency, -t.amount_minor from billing.transfer t
    where t.organisation_id = :organisation and t.recorded_at <= :until::timestamptz and (t.credit_kind, t.credit_holder) in (('cash_office', ''), ('cash_in_transit', 'bank'))) s
  group by s.account, s.currency)
select * from (
  select 'agent' as place, h.staff_id, s.name, h.currency, h.held_minor, t.occurred_at as since, h.limit_minor, coalesce(h.held_minor >= h.limit_minor, false) as over_limit
  from held h
  join identity.staff s on s.organisation_id = :organisation and s.staff_id = h.staff_id
  left join oldest o on o.staff_id = h.staff_id and o.currency = h.currency
  left join billing.cash_custody c on c.organisation_id = :organisation and c.staff_id = o.staff_id and c.currency = o.currency and c.step = o.step
  left join billing.account_entry e on e.organisation_id = :organisation and e.account_kind = 'cash_on_agent' and e.account_holder = c.holder and e.currency = c.currency
    and e.strand = c.strand and e.version = c.version
  left join billing.transfer t on t.organisation_id = :organisation and t.posting_id = e.posting_id and t.ordinal = e.ordinal
  where h.held_minor > 0
  union all
  select case account when 'cash_office' then 'office' else 'to_bank' end, null, null, currency, held_minor, null, null, false from elsewhere where held_minor <> 0) w
order by currency, place, name, staff_id limit 10000

-- query: statement_opening
-- Before the first line: the last step before it, and what stood on the difference account.
select s.name, coalesce((
    select c.held_after + coalesce((
      select sum(h.counted_minor) from billing.cash_hand_in h
      join billing.cash_custody k on k.organisation_id = h.organisation_id and k.holder = h.staff_id::text and k.currency = h.currency and k.strand = h.hand_in_id
      where h.organisation_id = :organisation and h.staff_id = c.staff_id and h.currency = c.currency and k.step <= c.step and c.staff_id <> :asker::uuid
        and not exists (select from billing.cash_acceptance a where a.organisation_id = h.organisation_id and a.hand_in_id = h.hand_in_id)), 0)::bigint
    from billing.cash_custody c
    join billing.account_entry e on e.organisation_id = c.organisation_id and e.account_kind = 'cash_on_agent' and e.account_holder = c.holder and e.currency = c.currency
      and e.strand = c.strand and e.version = c.version
    join billing.transfer t on t.organisation_id = e.organisation_id and t.posting_id = e.posting_id and t.ordinal = e.ordinal
    where c.organisation_id = :organisation and c.staff_id = s.staff_id and c.currency = :currency::text and t.recorded_at < :from_at::timestamptz
    order by c.step desc limit 1), 0),
  coalesce((
    select sum(case e.side when 'debit' then e.amount_minor else -e.amount_minor end)::bigint
    from billing.account_entry e join billing.transfer t on t.organisation_id = e.organisation_id and t.posting_id = e.posting_id and t.ordinal = e.ordinal
    where e.organisation_id = :organisation and e.account_kind = 'cash_difference' and e.account_holder = s.staff_id::text and e.currency = :currency::text
      and t.recorded_at < :from_at::timestamptz), 0)
from identity.staff s where s.organisation_id = :organisation and s.staff_id = :staff_id

-- query: statement_movements
-- All that moved the agent's cash or the differences that they answer for, and what was counted on acceptance; a hand-in is told to others once it is accepted.
select m.recorded_at, m.occurred_at, m.what, m.reference, m.subject_id, m.held_delta, m.difference_delta, m.accepted_minor
from (
  select t.recorded_at, t.occurred_at,
         case t.kind when 'payment' then case when p.corrects is null then 'collected' else 'corrected' end when 'reversal' then 'taken_back' when 'hand_in' then 'handed_in'
           when 'acceptance' then 'taken_over' when 'refund_paid' then 'paid_out' when 'difference' then case when t.subject_kind = 'hand_in' then 'taken_over' else 'difference' end
           else 'collected' end as what,
         r.receipt_number as reference, t.subject_id, case c.side when 'debit' then c.amount_minor else -c.amount_minor end as held_delta,
         case when t.debit_kind = 'cash_difference' and t.debit_holder = c.holder then t.amount_minor when t.credit_kind = 'cash_difference' and t.credit_holder = c.holder then -t.amount_minor
           else 0 end as difference_delta, null::bigint as accepted_minor, c.step as place
  from billing.cash_custody c
  join billing.account_entry e on e.organisation_id = c.organisation_id and e.account_kind = 'cash_on_agent' and e.account_holder = c.holder and e.currency = c.currency
    and e.strand = c.strand and e.version = c.version
  join billing.transfer t on t.organisation_id = e.organisation_id and t.posting_id = e.posting_id and t.ordinal = e.ordinal
  left join billing.payment p on p.organisation_id = t.organisation_id and p.payment_id = t.subject_id and t.subject_kind = 'payment'
  left join billing.receipt r on r.organisation_id = p.organisation_id and r.payment_id = p.payment_id
  where c.organisation_id = :organisation and c.staff_id = :staff_id and c.currency = :currency::text and t.recorded_at >= :from_at::timestamptz and t.recorded_at < :until_at::timestamptz
    and (c.staff_id = :asker::uuid or t.kind <> 'hand_in' or exists (
      select from billing.cash_acceptance a where a.organisation_id = t.organisation_id and a.hand_in_id = t.subject_id))
  union all
  -- differences that moved no cash of theirs
  select t.recorded_at, t.occurred_at, case when exists (
           select from billing.cash_settlement x where x.organisation_id = :organisation and x.settlement_id = t.posting_id and x.how <> 'taken_back') then 'settled' else 'difference' end, null, t.subject_id, 0,
         case e.side when 'debit' then e.amount_minor else -e.amount_minor end, null, 2000000000
  from billing.account_entry e join billing.transfer t on t.organisation_id = e.organisation_id and t.posting_id = e.posting_id and t.ordinal = e.ordinal
  where e.organisation_id = :organisation and e.account_kind = 'cash_difference' and e.account_holder = (:staff_id::uuid)::text and e.currency = :currency::text
    and t.recorded_at >= :from_at::timestamptz and t.recorded_at < :until_at::timestamptz
    and not (t.debit_kind = 'cash_on_agent' and t.debit_holder = e.account_holder) and not (t.credit_kind = 'cash_on_agent' and t.credit_holder = e.account_holder)
  union all
  select a.recorded_at, a.accepted_at, 'accepted', null, a.hand_in_id, 0, 0, a.accepted_minor, 1999999999
  from billing.cash_hand_in h join billing.cash_acceptance a on a.organisation_id = h.organisation_id and a.hand_in_id = h.hand_in_id
  where h.organisation_id = :organisation and h.staff_id = :staff_id and h.currency = :currency::text and a.recorded_at >= :from_at::timestamptz and a.recorded_at < :until_at::timestamptz) m
order by m.recorded_at, m.place, m.subject_id limit 10001
