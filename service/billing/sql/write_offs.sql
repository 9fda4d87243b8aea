-- verb: propose_write_off
-- The whole open rest of an invoice. Nothing moves before somebody else says yes. Under the account's lock.
with known as (
  select w.write_off_id, w.amount_minor, (w.invoice_id, w.reason, w.note) = (:invoice_id::uuid, :reason::text, :note::text) as same
  from billing.write_off w where w.organisation_id = :organisation::uuid and w.write_off_id = :write_off_id::uuid limit 1),
invoice as (
  select i.invoice_id, i.customer_id, i.currency, i.total_minor, coalesce(last.open_after, i.total_minor) as open_minor, coalesce(last.written_off_after, 0) as written_off_minor
  from (select i.* from billing.invoice i where i.organisation_id = :organisation::uuid and i.invoice_id = :invoice_id::uuid limit 1) i
  left join lateral (
    select a.open_after, a.written_off_after from billing.allocation a where a.organisation_id = :organisation::uuid and a.invoice_id = i.invoice_id
    order by a.step desc limit 1) last on true),
waiting as (
  select w.write_off_id from billing.write_off w, invoice i
  where w.organisation_id = :organisation::uuid and w.invoice_id = i.invoice_id and w.amount_minor = i.open_minor and not exists (
    select from billing.write_off_decision d where d.organisation_id = :organisation::uuid and d.write_off_id = w.write_off_id offset 0)),
-- First of these that holds.
verdict as (
  select case
    when exists (select from known where same) then 'KNOWN'
    when exists (select from known) then 'ID_TAKEN'
    when open_minor = 0 then 'NOTHING_OPEN'
    when exists (select from waiting) then 'WRITE_OFF_PROPOSED'
    else 'DONE' end as code
  from invoice),
proposed as (
  insert into billing.write_off (organisation_id, write_off_id, invoice_id, customer_id, currency, total_minor, amount_minor, reason, note, proposed_by)
  select :organisation::uuid, :write_off_id::uuid, invoice_id, customer_id, currency, total_minor, open_minor, :reason::text, :note::text, :actor::text
  from invoice, verdict where code = 'DONE'
  returning write_off_id, invoice_id, customer_id, currency, amount_minor, reason),
happened as (
  select 'write_off_proposed' as kind, customer_id, 'invoice' as subject_kind, invoice_id as subject_id,
         jsonb_build_object('write_off_id', write_off_id, 'amount_minor', amount_minor, 'currency', currency, 'reason', reason) as body
  from proposed),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('write_off_id', write_off_id, 'state', 'proposed', 'amount_minor', amount_minor) as body from proposed
  union all
  select 200, null, jsonb_build_object('write_off_id', write_off_id, 'state', 'proposed', 'amount_minor', amount_minor) from known where same
  union all
  select 409, code, case code when 'WRITE_OFF_PROPOSED' then jsonb_build_object('write_off_id', (select write_off_id from waiting limit 1)) else '{}'::jsonb end
  from verdict where code not in ('DONE', 'KNOWN'))

-- verb: decide_write_off
-- Yes moves it out of what the customer owes into bad debts, whole or not at all; nothing that waits for it to be paid comes by it. Under the account's lock.
with proposal as (
  select w.*, coalesce(last.step, 0) as step, coalesce(last.open_after, w.total_minor) as open_minor, coalesce(last.written_off_after, 0) as written_off_minor, (
      select d.verdict from billing.write_off_decision d where d.organisation_id = :organisation::uuid and d.write_off_id = w.write_off_id limit 1) as decided, coalesce((
      select -e.balance_after from billing.account_entry e
      where e.organisation_id = :organisation::uuid and e.account_kind = 'customer_credit' and e.account_holder = w.customer_id::text and e.currency = w.currency
        and e.strand = w.customer_id
      order by e.version desc limit 1), 0) as credit_minor
  from (select w.* from billing.write_off w where w.organisation_id = :organisation::uuid and w.write_off_id = :write_off_id::uuid limit 1) w
  left join lateral (
    select a.step, a.open_after, a.written_off_after from billing.allocation a where a.organisation_id = :organisation::uuid and a.invoice_id = w.invoice_id
    order by a.step desc limit 1) last on true),
-- First of these that holds.
verdict as (
  select case
    when decided = :verdict::text then 'KNOWN'
    when decided is not null then 'WRITE_OFF_DECIDED'
    when :verdict::text = 'declined' then 'DONE'
    when proposed_by = :actor::text or :actor::text not like 'staff:%' then 'WRITTEN_OFF_BY_SOMEBODY_ELSE'
    when open_minor <> amount_minor then 'WRITE_OFF_OUTDATED'
    when credit_minor > 0 then 'CREDIT_PAYS_FIRST'
    else 'DONE' end as code
  from proposal),
passed as (select p.* from proposal p, verdict where code = 'DONE'),
given_up as (select p.* from passed p where :verdict::text = 'approved'),
moved as (
  select write_off_id as posting_id, 1 as ordinal, 'write_off' as kind, 'bad_debt' as debit_kind, '' as debit_holder, 'receivable' as credit_kind, customer_id::text as credit_holder,
         currency, amount_minor, customer_id as strand, 'invoice' as subject_kind, invoice_id as subject_id, :at::timestamptz as occurred_at
  from given_up),
-- include: billing/transfers
,
decided as (
  insert into billing.write_off_decision (organisation_id, write_off_id, invoice_id, customer_id, currency, amount_minor, proposed_by, verdict, decided_by)
  select :organisation::uuid, write_off_id, invoice_id, customer_id, currency, amount_minor, proposed_by, :verdict::text, :actor::text from passed),
allocated as (
  insert into billing.allocation (organisation_id, invoice_id, step, kind, posting_id, ordinal, customer_id, currency, total_minor, open_before, open_after, written_off_before,
    written_off_after)
  select :organisation::uuid, invoice_id, step + 1, 'write_off', write_off_id, 1, customer_id, currency, total_minor, open_minor, 0, written_off_minor, written_off_minor + open_minor
  from given_up),
-- Nobody goes to collect it, and a card payment that is still open for it is called off.
settled as (select invoice_id from given_up),
-- include: dispatch/withdraw_collections
,
pointless_attempt as (
  select a.attempt_id from settled s join billing.collection_attempt a on a.organisation_id = :organisation::uuid and a.invoice_id = s.invoice_id
  where a.state in ('begun', 'open', 'processing')),
happened as (
  select case :verdict::text when 'approved' then 'invoice_written_off' else 'write_off_declined' end as kind, customer_id, 'invoice' as subject_kind, invoice_id as subject_id,
         jsonb_build_object('write_off_id', write_off_id, 'amount_minor', amount_minor, 'currency', currency, 'reason', reason) as body
  from passed
  union all
  select 'visit_withdrawn', customer_id, 'visit', visit_id, jsonb_build_object('job_id', job_id, 'write_off_id', :write_off_id::uuid) from withdrawn_visits
  union all
  select kind, customer_id, subject_kind, subject_id, body from withdrawal_facts),
wanted as (
  select md5('cancel' || attempt_id || :write_off_id::text)::uuid as task_id, 'cancel_attempt' as kind, attempt_id as subject_id, :at::timestamptz as due_at, '{}'::jsonb as body
  from pointless_attempt),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('write_off_id', write_off_id, 'state', :verdict::text, 'amount_minor', amount_minor) as body
  from proposal, verdict where code in ('DONE', 'KNOWN')
  union all
  select case code when 'WRITTEN_OFF_BY_SOMEBODY_ELSE' then 403 else 409 end, code, case code when 'WRITE_OFF_OUTDATED' then jsonb_build_object('open_minor', open_minor)
    when 'CREDIT_PAYS_FIRST' then jsonb_build_object('credit_minor', credit_minor) else '{}'::jsonb end
  from proposal, verdict where code not in ('DONE', 'KNOWN'))

-- verb: undo_write_off
-- What of it still stands is owed again: not what was written off of the same invoice later. Once; under the account's lock.
with approved as (
  select d.write_off_id, d.invoice_id, d.customer_id, d.currency, d.amount_minor, d.verdict, coalesce(last.step, 0) as step, coalesce(last.open_after, 0) as open_minor,
         coalesce(last.written_off_after, 0) as written_off_minor, coalesce(last.total_minor, 0) as total_minor, exists (
           select from billing.recovery r where r.organisation_id = :organisation::uuid and r.write_off_id = d.write_off_id offset 0) as undone
  from (select d.* from billing.write_off_decision d where d.organisation_id = :organisation::uuid and d.write_off_id = :write_off_id::uuid limit 1) d
  left join lateral (
    select a.step, a.open_after, a.written_off_after, a.total_minor from billing.allocation a where a.organisation_id = :organisation::uuid and a.invoice_id = d.invoice_id
    order by a.step desc limit 1) last on true),
standing as (
  select s.standing_minor from approved w cross join lateral (
-- include: billing/standing_write_offs
) s where s.write_off_id = w.write_off_id),
verdict as (
  select case when undone then 'KNOWN' when verdict <> 'approved' or coalesce((select standing_minor from standing), 0) = 0 then 'NOTHING_WRITTEN_OFF' else 'DONE' end as code from approved),
recovering as (
  select :recovery_id::uuid as posting_id, 1 as ordinal, a.invoice_id, a.customer_id, a.currency, a.total_minor, a.step, a.open_minor, a.written_off_minor,
         s.standing_minor as amount_minor, 'undone' as cause, a.write_off_id, :note::text as note
  from approved a, standing s, verdict where code = 'DONE'),
-- include: billing/recover
,
happened as (
  select 'write_off_undone' as kind, customer_id, 'invoice' as subject_kind, invoice_id as subject_id,
         jsonb_build_object('write_off_id', write_off_id, 'amount_minor', amount_minor, 'currency', currency) as body
  from recovering),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('write_off_id', write_off_id, 'state', 'undone', 'amount_minor', amount_minor) as body
  from approved, verdict where code in ('DONE', 'KNOWN')
  union all
  select 409, code, '{}'::jsonb from verdict where code not in ('DONE', 'KNOWN'))

-- verb: recover_written_off
-- What a payment brings for invoices that were written off is owed again first, so that it can be paid: the named one, then, of what no open invoice needs, the oldest due.
-- In the payment's own transaction, before it; under the account's lock.
with told as (
  select coalesce(m.amount_minor, :amount_minor::bigint) as amount_minor, coalesce(m.currency, :currency::text) as currency, coalesce(:invoice_id::uuid, a.invoice_id) as invoice_id
  from (select) one
  left join lateral (select x.* from billing.parked_money x where x.organisation_id = :organisation::uuid and x.parked_id = :parked_id::uuid limit 1) m on true
  left join lateral (select x.* from billing.collection_attempt x where x.organisation_id = :organisation::uuid and x.attempt_id = :attempt_id::uuid limit 1) a on true),
named as materialized (
  select i.invoice_id, i.customer_id from told cross join lateral (
    select x.* from billing.invoice x where x.organisation_id = :organisation::uuid and x.invoice_id = told.invoice_id limit 1) i),
payer as materialized (
  select coalesce(:customer_id::uuid, n.customer_id) as customer_id, t.amount_minor, t.currency, t.invoice_id from told t left join named n on true),
invoice as (
  select i.invoice_id, i.customer_id, i.currency, i.total_minor, i.due_on, i.invoice_id is not distinct from p.invoice_id as named, p.amount_minor as told_minor,
         coalesce(last.step, 0) as step, coalesce(last.open_after, i.total_minor) as open_minor, coalesce(last.written_off_after, 0) as written_off_minor
  from payer p
  cross join lateral (
    select x.* from billing.invoice x where x.organisation_id = :organisation::uuid and x.customer_id = p.customer_id offset 0) i
  left join lateral (
    select a.step, a.open_after, a.written_off_after from billing.allocation a where a.organisation_id = :organisation::uuid and a.invoice_id = i.invoice_id
    order by a.step desc limit 1) last on true
  where i.currency = p.currency),
wanted_by_name as (
  select coalesce(sum(least(written_off_minor, greatest(0, told_minor - open_minor))) filter (where named), 0) as named_minor, sum(open_minor) as open_minor from invoice),
shared as (
  select i.*, case when named then n.named_minor else least(i.written_off_minor, greatest(0, i.told_minor - n.named_minor - n.open_minor
    - coalesce(sum(i.written_off_minor) filter (where not named) over earlier, 0))) end::bigint as amount_minor
  from invoice i, wanted_by_name n where i.written_off_minor > 0
  window earlier as (order by named desc, due_on, invoice_id rows between unbounded preceding and 1 preceding)),
recovering as (
  select :recovery_id::uuid as posting_id, (row_number() over (order by named desc, due_on, invoice_id))::int as ordinal, invoice_id, customer_id, currency, total_minor, step, open_minor,
         written_off_minor, amount_minor, 'paid' as cause, null::uuid as write_off_id, '' as note
  from shared where amount_minor > 0),
-- include: billing/recover
,
happened as (
  select 'invoice_recovered' as kind, customer_id, 'invoice' as subject_kind, invoice_id as subject_id,
         jsonb_build_object('recovery_id', posting_id, 'amount_minor', amount_minor, 'currency', currency) as body
  from recovering),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('recovered_minor', coalesce((select sum(amount_minor)::bigint from recovering), 0)) as body)

-- query: has_written_off
select exists (
  select from billing.payment p
  join billing.invoice i on i.organisation_id = :organisation and i.customer_id = p.customer_id and i.currency = p.currency
  cross join lateral (
    select a.written_off_after from billing.allocation a where a.organisation_id = :organisation and a.invoice_id = i.invoice_id order by a.step desc limit 1) last
  where p.organisation_id = :organisation and p.payment_id = :payment_id and last.written_off_after > 0)

-- query: is_written_off
select coalesce((
  select a.written_off_after > 0 from billing.allocation a where a.organisation_id = :organisation and a.invoice_id = :invoice_id order by a.step desc limit 1), false)

-- query: list_write_offs
-- With the tax that is in it: what may be claimed back from the tax office is claimed there, and isn't booked here.
select w.write_off_id, w.recorded_at, case when exists (
      select from billing.recovery r where r.organisation_id = :organisation and r.write_off_id = w.write_off_id offset 0) then 'undone'
         when s.standing_minor = 0 then 'recovered' else coalesce(d.verdict, 'proposed') end as state,
       w.customer_id, c.name, w.invoice_id, i.series || '-' || i.number, w.currency, w.amount_minor,
       kit.rounded(i.tax_minor::numeric * w.amount_minor, i.total_minor::numeric)::bigint, coalesce(s.standing_minor, 0),
       w.reason, w.note, w.proposed_by, d.decided_by, d.recorded_at as decided_at
from billing.write_off w
cross join lateral (select x.name from customers.customer x where x.organisation_id = :organisation and x.customer_id = w.customer_id limit 1) c
cross join lateral (select x.series, x.number, x.tax_minor, x.total_minor from billing.invoice x where x.organisation_id = :organisation and x.invoice_id = w.invoice_id limit 1) i
left join lateral (
  select x.verdict, x.decided_by, x.recorded_at from billing.write_off_decision x where x.organisation_id = :organisation and x.write_off_id = w.write_off_id limit 1) d on true
left join lateral (
-- include: billing/standing_write_offs
) s on s.write_off_id = w.write_off_id
where w.organisation_id = :organisation and w.write_off_id > :after::uuid and w.recorded_at >= :from_at::timestamptz and w.recorded_at < :until_at::timestamptz
order by w.write_off_id limit :limit::int + 1

-- query: list_write_offs_to_decide
select w.write_off_id, w.customer_id, c.name, i.series || '-' || i.number, w.currency, w.amount_minor, w.reason, w.note, w.proposed_by
from billing.write_off w
cross join lateral (select x.name from customers.customer x where x.organisation_id = :organisation and x.customer_id = w.customer_id limit 1) c
cross join lateral (
  select x.series, x.number, coalesce(last.open_after, x.total_minor) as open_minor from billing.invoice x
  left join lateral (
    select a.open_after from billing.allocation a where a.organisation_id = :organisation and a.invoice_id = x.invoice_id order by a.step desc limit 1) last on true
  where x.organisation_id = :organisation and x.invoice_id = w.invoice_id limit 1) i
where w.organisation_id = :organisation and i.open_minor = w.amount_minor and not exists (
  select from billing.write_off_decision d where d.organisation_id = :organisation and d.write_off_id = w.write_off_id offset 0)
order by w.write_off_id limit 100
