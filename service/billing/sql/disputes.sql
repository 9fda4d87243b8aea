-- query: payment_of_intent
-- The payment that a payment intent brought, or that its money is parked.
select p.payment_id, p.customer_id, p.invoice_id, p.amount_minor, p.currency
from billing.payment p where p.organisation_id = :organisation and p.key_kind = 'payment_intent' and p.key = :intent_id::text
union all
select null, null, null, m.amount_minor, m.currency from billing.parked_money m
where m.organisation_id = :organisation and m.intent_id = :intent_id::text and not exists (
  select from billing.parked_resolution r where r.organisation_id = m.organisation_id and r.parked_id = m.parked_id)
limit 1

-- verb: note_dispute
-- How a dispute stands: its first telling opens it, each later one moves it up, or its last moment, or nothing. Under the account's lock.
-- Of two told of the same second the nearer moment counts.
with known as (
  select d.dispute_id, d.customer_id from billing.dispute d where d.organisation_id = :organisation::uuid and d.provider_dispute_id = :provider_dispute_id::text limit 1),
opened as (
  insert into billing.dispute (organisation_id, dispute_id, provider_dispute_id, payment_id, customer_id, currency, amount_minor, reason, opened_at)
  select :organisation::uuid, :new_dispute_id::uuid, :provider_dispute_id::text, p.payment_id, p.customer_id, p.currency, :amount_minor::bigint, :reason::text, :opened_at::timestamptz
  from billing.payment p where p.organisation_id = :organisation::uuid and p.payment_id = :payment_id::uuid and not exists (select from known)
  returning dispute_id, customer_id, payment_id, amount_minor, currency, reason),
dispute as (
  select dispute_id, customer_id from known
  union all
  select dispute_id, customer_id from opened),
head as (
  select d.dispute_id, d.customer_id, last.step, last.status, last.due_by, last.told_at
  from dispute d
  left join lateral (
    select s.step, s.status, s.due_by, s.told_at from billing.dispute_step s
    where s.organisation_id = :organisation::uuid and s.dispute_id = d.dispute_id order by s.step desc limit 1) last on true),
moved_up as (
  insert into billing.dispute_step (organisation_id, dispute_id, step, status, status_before, due_by, told_at)
  select :organisation::uuid, dispute_id, coalesce(step, 0) + 1, :status::text, status, :due_by::timestamptz, :told_at::timestamptz
  from head where status is null or billing.dispute_rank(:status::text) > billing.dispute_rank(status)
    or status = :status::text and :due_by::timestamptz is not null and :due_by::timestamptz is distinct from due_by
      and (:told_at::timestamptz > told_at or :told_at::timestamptz = told_at and :due_by::timestamptz < due_by)
  returning dispute_id, status, status_before, due_by),
happened as (
  select 'payment_disputed' as kind, customer_id, 'dispute' as subject_kind, dispute_id as subject_id,
         jsonb_build_object('payment_id', payment_id, 'amount_minor', amount_minor, 'currency', currency, 'reason', reason, 'due_by', :due_by::timestamptz) as body
  from opened
  union all
  select 'dispute_moved', head.customer_id, 'dispute', head.dispute_id, jsonb_build_object('status', moved_up.status, 'due_by', moved_up.due_by)
  from head join moved_up using (dispute_id) where moved_up.status_before is not null),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('dispute_id', dispute_id) as body from dispute)

-- verb: withdraw_disputed
-- The provider took the disputed money out of what it holds for us: the customer owes it again, by what it had paid, or by no invoice where that was a claim, or they had it back
-- meanwhile. Once; under the account's lock.
with dispute as (
  select d.dispute_id, d.payment_id, d.customer_id, d.currency, d.amount_minor, exists (
      select from billing.dispute_withdrawal w where w.organisation_id = :organisation::uuid and w.dispute_id = d.dispute_id offset 0) as withdrawn, exists (
      select from billing.payment_reversal r where r.organisation_id = :organisation::uuid and r.payment_id = d.payment_id offset 0) as taken_back
  from billing.dispute d where d.organisation_id = :organisation::uuid and d.dispute_id = :dispute_id::uuid limit 1),
passed as (select payment_id, customer_id, currency, amount_minor from dispute where not withdrawn and not taken_back),
-- include: billing/reopen_paid
,
owed_again as (select (s.short_minor - coalesce((select sum(amount_minor - own_minor) from reopening), 0))::bigint as minor from short s),
money_out as (
  select p.*, a.minor as claimed_minor, (select count(*) from reopening)::int + 1 + (a.minor > 0)::int as ordinal from passed p cross join owed_again a),
moved as (
  select :reversal_id::uuid as posting_id, ordinal, 'reopening' as kind, 'receivable' as debit_kind, customer_id::text as debit_holder, 'customer_credit' as credit_kind,
         customer_id::text as credit_holder, currency, amount_minor, customer_id as strand, 'invoice' as subject_kind, invoice_id as subject_id, :at::timestamptz as occurred_at
  from reopening
  union all
  select :reversal_id::uuid, ordinal - 1, 'claim', 'receivable', customer_id::text, 'customer_credit', customer_id::text, currency, claimed_minor, customer_id, 'claim',
         :reversal_id::uuid, :at::timestamptz
  from money_out where claimed_minor > 0
  union all
  select :reversal_id::uuid, ordinal, 'dispute', 'customer_credit', customer_id::text, 'card_clearing', '', currency, amount_minor, customer_id, 'dispute', :dispute_id::uuid,
         :at::timestamptz
  from money_out),
-- include: billing/transfers
,
-- include: subscriptions/reopen
,
withdrawn as (
  insert into billing.dispute_withdrawal (organisation_id, dispute_id, customer_id, currency, amount_minor, posting_id, ordinal)
  select :organisation::uuid, d.dispute_id, d.customer_id, d.currency, d.amount_minor, case when m.ordinal is not null then :reversal_id::uuid end, m.ordinal
  from dispute d left join money_out m on true where not d.withdrawn
  returning dispute_id, customer_id, amount_minor, currency, posting_id),
claimed as (
  insert into billing.claim (organisation_id, claim_id, payment_id, dispute_id, customer_id, currency, amount_minor, ordinal)
  select :organisation::uuid, :reversal_id::uuid, payment_id, :dispute_id::uuid, customer_id, currency, claimed_minor, ordinal - 1 from money_out where claimed_minor > 0),
happened as (
  select 'disputed_money_withdrawn' as kind, customer_id, 'dispute' as subject_kind, dispute_id as subject_id,
         jsonb_build_object('reversal_id', posting_id, 'amount_minor', amount_minor, 'currency', currency) as body
  from withdrawn
  union all
  select 'claim_made', customer_id, 'claim', :reversal_id::uuid, jsonb_build_object('payment_id', payment_id, 'amount_minor', claimed_minor, 'currency', currency)
  from money_out where claimed_minor > 0
  union all
  select 'invoice_reopened', customer_id, 'invoice', invoice_id, jsonb_build_object('dispute_id', :dispute_id::uuid, 'open_minor', open_minor + amount_minor) from reopening
  union all
  select kind, customer_id, subject_kind, subject_id, body from write_off_facts
  union all
  select 'subscription_period_reopened', customer_id, 'subscription', subscription_id, jsonb_build_object('paid_through_on', paid_through_on, 'state', state)
  from periods_reopened),
answer as (select 200 as status, null::text as code, jsonb_build_object('dispute_id', dispute_id) as body from dispute)

-- query: list_disputes
-- The ones that a bank hasn't decided first by when evidence is taken; decided ones only where they are asked for.
select d.dispute_id, d.provider_dispute_id, d.payment_id, d.customer_id, jsonb_build_object('amount', d.amount_minor, 'currency', d.currency), d.reason, s.status, due.due_by, d.opened_at,
       exists (select from billing.dispute_withdrawal w where w.organisation_id = d.organisation_id and w.dispute_id = d.dispute_id)
from billing.dispute d
cross join lateral (
  select s.status from billing.dispute_step s where s.organisation_id = d.organisation_id and s.dispute_id = d.dispute_id order by s.step desc limit 1) s
cross join lateral (
  select (
    select s.due_by from billing.dispute_step s where s.organisation_id = d.organisation_id and s.dispute_id = d.dispute_id and s.due_by is not null
    order by s.step desc limit 1) as due_by) due
where d.organisation_id = :organisation and (:decided::boolean or s.status not in ('warning_closed', 'prevented', 'lost', 'won'))
  and (coalesce(due.due_by, d.opened_at), d.dispute_id) > (:after_at::timestamptz, :after_id::uuid)
order by coalesce(due.due_by, d.opened_at), d.dispute_id limit :limit::int + 1
