-- verb: record_bank_steps
-- What becomes of lines: each step, in the order told, with the transfer of those that have none of their own elsewhere. What can't be is refused by the chain.
with asked as (
  select * from jsonb_to_recordset(:steps::jsonb) as s (n int, line_id uuid, kind text, amount_minor bigint, undoes int, undoes_kind text, posting_id uuid, ordinal int, own boolean, strand uuid,
    debit jsonb, credit jsonb, customer_id uuid, payment_id uuid, reversal_id uuid, refund_id uuid, sighting jsonb, deposit_id uuid, arrival_step int, payout_id uuid, payout_minor bigint, kept_minor bigint, sight int, rule text, reason text, note text)),
line as (
  select l.line_id, l.statement_id, l.size_minor, l.incoming, l.currency, l.booked_on, coalesce(last.step, 0) as step, coalesce(last.open_after, l.size_minor) as open_minor
  from (select distinct line_id from asked) a
  cross join lateral (select l.* from billing.bank_line l where l.organisation_id = :organisation::uuid and l.line_id = a.line_id limit 1) l
  left join lateral (
    select s.step, s.open_after from billing.bank_step s where s.organisation_id = :organisation::uuid and s.line_id = l.line_id order by s.step desc limit 1) last on true),
stepped as (
  select a.*, a.debit ->> 0 as debit_kind, a.debit ->> 1 as debit_holder, a.credit ->> 0 as credit_kind, a.credit ->> 1 as credit_holder, l.statement_id, l.size_minor, l.incoming, l.currency, l.booked_on, (l.step + row_number() over w)::int as step,
         (l.open_minor - sum(case a.kind when 'undo' then -a.amount_minor else a.amount_minor end) over w)::bigint as open_after
  from asked a join line l using (line_id) window w as (partition by a.line_id order by a.n rows between unbounded preceding and current row)),
moved as (
  select posting_id, ordinal, 'bank_match' as kind, debit_kind, debit_holder, credit_kind, credit_holder, currency, amount_minor, strand, 'bank_line' as subject_kind,
         line_id as subject_id, :at::timestamptz as occurred_at
  from stepped where own
  union all
  -- what the bank kept of a payout for itself
  select posting_id, ordinal + 5000, 'bank_match', k[1], k[2], k[3], k[4], currency, kept_minor, strand, 'bank_line', line_id, :at::timestamptz
  from stepped
  cross join lateral (
    select case kind when 'undo' then array['card_clearing', '', 'other', 'bank_fees'] else array['other', 'bank_fees', 'card_clearing', ''] end as k) kept
  where kept_minor > 0),
-- include: billing/transfers
,
made_steps as (
  insert into billing.bank_step (organisation_id, line_id, step, kind, size_minor, incoming, currency, open_before, open_after, undoes, undoes_kind, posting_id, ordinal, strand, debit_kind,
    debit_holder, credit_kind, credit_holder, customer_id, payment_id, reversal_id, refund_id, shows, deposit_id, arrival_step, payout_id,
    payout_minor, kept_minor, sight, rule, reason, note, made_by)
  select :organisation::uuid, line_id, step, kind, size_minor, incoming, currency, open_after + case kind when 'undo' then -amount_minor else amount_minor end, open_after, undoes, undoes_kind,
    posting_id, ordinal, strand, debit_kind, debit_holder, credit_kind, credit_holder, customer_id, payment_id, reversal_id, refund_id, coalesce((sighting ->> 'told_id')::uuid, line_id),
    deposit_id, arrival_step, payout_id, payout_minor, kept_minor, sight, rule, reason, note, :actor::text
  from stepped),
told as (
  select n, line_id, step as line_step, (sighting ->> 'told_id')::uuid as told_id, sighting ->> 'before' as before, sighting ->> 'state' as state,
         (sighting ->> 'reversal_id')::uuid as reversal_id
  from stepped where sighting is not null),
sighted as (
  insert into billing.bank_sighting (organisation_id, told_id, step, before, state, line_id, line_step, reversal_id)
  select :organisation::uuid, t.told_id, coalesce(last.step, 0) + row_number() over (partition by t.told_id order by t.n), t.before, t.state, t.line_id, t.line_step, t.reversal_id
  from told t
  left join lateral (
    select s.step from billing.bank_sighting s where s.organisation_id = :organisation::uuid and s.told_id = t.told_id order by s.step desc limit 1) last on true),
ended as (select distinct on (line_id) line_id, booked_on, statement_id, open_after from stepped order by line_id, n desc),
done as (
  delete from billing.bank_waiting w using ended e
  where w.organisation_id = :organisation::uuid and w.booked_on = e.booked_on and w.line_id = e.line_id and e.open_after = 0),
-- Whoever takes a match back means the line to wait for a person.
waiting_again as (
  insert into billing.bank_waiting (organisation_id, line_id, booked_on, statement_id, judged_at)
  select :organisation::uuid, line_id, booked_on, statement_id, :at::timestamptz from ended where open_after > 0 on conflict on constraint bank_waits_once do nothing),
waiting_for as (
  insert into billing.bank_waiting_for (organisation_id, line_id, customer_id)
  select distinct :organisation::uuid, s.line_id, s.customer_id from stepped s join ended e on e.line_id = s.line_id
  where e.open_after > 0 and s.kind = 'undo' and s.incoming and s.customer_id is not null on conflict do nothing),
happened as (
  select case kind when 'undo' then 'bank_line_undone' else 'bank_line_matched' end as kind, customer_id, 'bank_line' as subject_kind, line_id as subject_id,
         jsonb_build_object('as', kind, 'rule', rule, 'amount_minor', amount_minor, 'currency', currency, 'open_minor', open_after, 'payment_id', payment_id, 'deposit_id', deposit_id, 'payout_id', payout_id,
           'reason', reason) as body
  from stepped),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('lines', coalesce((
    select jsonb_agg(jsonb_build_object('id', line_id, 'open_minor', open_after) order by line_id) from ended), '[]')) as body)

-- verb: leave_bank_lines
-- Nothing matched these by itself: they wait for a person, each with the customers whose it may be.
with found as (
  select w.booked_on, w.line_id from unnest(:line_ids::uuid[]) k (line_id)
  cross join lateral (select w.* from billing.bank_waiting w where w.organisation_id = :organisation::uuid and w.line_id = k.line_id limit 1) w),
left_over as (
  update billing.bank_waiting w set judged_at = :at::timestamptz from found f
  where w.organisation_id = :organisation::uuid and w.booked_on = f.booked_on and w.line_id = f.line_id),
waiting_for as (
  insert into billing.bank_waiting_for (organisation_id, line_id, customer_id)
  select :organisation::uuid, f.line_id, m.customer_id
  from unnest(:maybe_line_ids::uuid[], :maybe_customer_ids::uuid[]) m (line_id, customer_id) join found f on f.line_id = m.line_id
  on conflict do nothing),
happened as (
  select null::text as kind, null::uuid as customer_id, null::text as subject_kind, null::uuid as subject_id, null::jsonb as body where false),
answer as (select 200 as status, null::text as code, '{"lines": []}'::jsonb as body)

-- query: list_bank_lines
with
-- include: billing/told_bank_lines
select * from told_bank_lines
where (:bank_account_id::uuid is null or bank_account_id = :bank_account_id) and (:on::date is null or booked_on = :on)
  and (:amount_minor::bigint is null or abs(amount_minor) = :amount_minor)
  and (:text::text is null or position(lower(:text) in lower(concat_ws(' ', party_name, party_account, remittance, reference, end_to_end_id, creditor_references))) > 0)
  and (:state::text is null or state = :state)
  and (booked_on, line_id) > (:after_on::date, :after_id::uuid)
order by booked_on, line_id limit :limit + 1

-- query: list_waiting_bank_lines
with
-- include: billing/told_bank_lines
select t.* from billing.bank_waiting w
cross join lateral (select t.* from told_bank_lines t where t.line_id = w.line_id offset 0) t
where w.organisation_id = :organisation and (:bank_account_id::uuid is null or t.bank_account_id = :bank_account_id) and (:on::date is null or w.booked_on = :on)
  and (:amount_minor::bigint is null or abs(t.amount_minor) = :amount_minor)
  and (:text::text is null or position(lower(:text) in lower(concat_ws(' ', party_name, party_account, remittance, reference, end_to_end_id, creditor_references))) > 0)
  and (not :unjudged::boolean or w.judged_at is null) and (w.booked_on, w.line_id) > (:after_on::date, :after_id::uuid)
order by w.booked_on, w.line_id limit :limit + 1

-- query: list_confirming_bank_lines
with
-- include: billing/told_bank_lines
select t.* from billing.bank_line c
cross join lateral (select t.* from told_bank_lines t where t.line_id = c.line_id offset 0) t
where c.organisation_id = :organisation and c.confirms is not null and (:bank_account_id::uuid is null or c.bank_account_id = :bank_account_id)
  and (:on::date is null or c.booked_on = :on) and (:amount_minor::bigint is null or c.size_minor = :amount_minor)
  and (:text::text is null or position(lower(:text) in lower(concat_ws(' ', c.party_name, c.party_account, c.remittance, c.reference, c.end_to_end_id, c.creditor_references))) > 0)
  and (c.booked_on, c.line_id) > (:after_on::date, :after_id::uuid)
order by c.booked_on, c.line_id limit :limit + 1

-- query: find_bank_line
with
-- include: billing/told_bank_lines
select * from told_bank_lines where line_id = :line_id

-- query: count_bank_lines
-- Of the days that have lines waiting: how many still wait, and how many there are, no more than ten thousand beyond those.
select (select count(*) from billing.bank_waiting w where w.organisation_id = :organisation)::int,
       greatest((select count(*) from billing.bank_waiting w where w.organisation_id = :organisation), (
         select count(*) from (
           select l.line_id, l.confirms from billing.bank_line l
           where l.organisation_id = :organisation and l.booked_on >= (select min(w.booked_on) from billing.bank_waiting w where w.organisation_id = :organisation)
           order by l.booked_on, l.line_id limit 10000) l where l.confirms is null))::int

-- query: count_unjudged
select count(*)::int from billing.bank_waiting where organisation_id = :organisation and judged_at is null

-- query: live_bank_steps
-- What stands of a line: steps that no later one undid, the last first.
select s.step, s.kind, s.amount_minor, s.debit_kind, s.debit_holder, s.credit_kind, s.credit_holder, s.customer_id, s.payment_id, s.reversal_id, s.refund_id, s.deposit_id, s.payout_id, s.kept_minor
from billing.bank_step s
where s.organisation_id = :organisation and s.line_id = :line_id and s.kind <> 'undo' and not exists (
  select from billing.bank_step u where u.organisation_id = :organisation and u.line_id = s.line_id and u.undoes = s.step)
order by s.step desc
