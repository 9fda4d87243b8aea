-- verb: apply
-- Every payment there is: cash, card, bank, what a person decided about parked money. Under the account's lock, in one round trip.
with attempt as (
  select attempt_id, invoice_id, claim_id, customer_id, amount_minor, currency, livemode, way, provider_intent_id
  from billing.collection_attempt where organisation_id = :organisation::uuid and attempt_id = :attempt_id::uuid limit 1),
parked as (
  select m.parked_id, m.intent_id, m.amount_minor, m.currency, m.captured_at, exists (
    select from billing.parked_resolution r where r.organisation_id = :organisation::uuid and r.parked_id = m.parked_id) as resolved
  from billing.parked_money m where m.organisation_id = :organisation::uuid and m.parked_id = :parked_id::uuid limit 1),
-- What is told, with what only our own rows know filled in.
told as (
  select :payment_id::uuid as payment_id, :key_kind::text as key_kind, coalesce(parked.intent_id, :key::text) as key, :method::text as method,
         coalesce(parked.amount_minor, :amount_minor::bigint) as amount_minor, coalesce(parked.currency, :currency::text) as currency,
         coalesce(:invoice_id::uuid, attempt.invoice_id) as invoice_id, coalesce(parked.captured_at, :captured_at::timestamptz) as captured_at
  from (select) one left join attempt on true left join parked on true
  where :parked_id::uuid is null or parked.parked_id is not null),
named as (
  select i.invoice_id, i.customer_id, i.currency from told
  cross join lateral (select i.* from billing.invoice i where i.organisation_id = :organisation::uuid and i.invoice_id = told.invoice_id limit 1) i),
owing as materialized (
  select coalesce(named.customer_id, :customer_id::uuid, attempt.customer_id) as customer_id from told left join named on true left join attempt on attempt.claim_id is not null
  where (told.invoice_id is null or named.invoice_id is not null) and (:customer_id::uuid is null or named.customer_id is null or named.customer_id = :customer_id::uuid)),
payer as (
  select c.customer_id, (:at::timestamptz at time zone c.zone)::date as today from owing
  cross join lateral (select c.* from customers.customer c where c.organisation_id = :organisation::uuid and c.customer_id = owing.customer_id limit 1) c),
-- The same money told before: by its business key or, told without an id of its own, tapped a second time at the same visit.
known as (
  select r.outcome, r.issued_at, true as same_key, (p.method, p.amount_minor, p.currency) = (told.method, told.amount_minor, told.currency)
    and (:parked_id::uuid is null and told.method = 'card'
         -- put aside, it was placed on their account or on one of their invoices: either way again is again
         or :parked_id::uuid is not null and p.customer_id is not distinct from payer.customer_id and coalesce(p.invoice_id = told.invoice_id, true)
         or (p.invoice_id is not distinct from told.invoice_id and p.customer_id is not distinct from payer.customer_id)) as same
  from told left join payer on true
  cross join lateral (
    select p.* from billing.payment p where p.organisation_id = :organisation::uuid and p.key_kind = told.key_kind and p.key = told.key limit 1) p
  cross join lateral (select r.* from billing.receipt r where r.organisation_id = :organisation::uuid and r.payment_id = p.payment_id limit 1) r
  union all
  -- what was taken back since isn't shown again: a tap that came late and money taken anew look the same, only an id of its own tells
  select r.outcome, r.issued_at, false, not exists (
    select from billing.payment_reversal v where v.organisation_id = :organisation::uuid and v.payment_id = p.payment_id offset 0)
  from told
  cross join lateral (
    select p.* from billing.payment p
    where p.organisation_id = :organisation::uuid and p.visit_id = :visit_id::uuid and p.invoice_id = told.invoice_id and p.taken_by = :taken_by::uuid
      and (p.amount_minor, p.currency) = (told.amount_minor, told.currency) and p.corrects is null offset 0) p
  cross join lateral (select r.* from billing.receipt r where r.organisation_id = :organisation::uuid and r.payment_id = p.payment_id limit 1) r
  where told.key_kind = 'collection'
  order by same_key desc, same desc, issued_at desc limit 1),
parked_before as (
  select m.parked_id, m.reason from told join billing.parked_money m on m.organisation_id = :organisation::uuid and m.intent_id = told.key
  where told.key_kind = 'payment_intent' and :parked_id::uuid is null),
-- Of staff who go to doors it is said who may take cash. A correction moves what was taken already; a cheque is nobody's but its payee's.
taker as (
  select :method::text = 'cash' and :corrects::uuid is null and exists (
    select from dispatch.technician t where t.organisation_id = :organisation::uuid and t.technician_id = :taken_by::uuid and not t.may_take_cash) as not_allowed),
-- First of these that holds: known, parked before, to be parked, refused, applied. A card payment equals its attempt in everything, or a person looks at it; a saved
-- method is asked for less where a part was paid meanwhile.
verdict as (
  select case
      when exists (select from known) then 'known'
      when exists (select from parked_before) then 'parked_before'
      when parked.resolved then 'refused'
      when told.key_kind = 'payment_intent' and attempt.attempt_id is null and :mismatch::text = 'organisation' then 'elsewhere'
      when told.key_kind = 'payment_intent' and :parked_id::uuid is null and (attempt.attempt_id is null or :mismatch::text is not null
        or attempt.livemode <> :livemode::boolean or attempt.currency <> told.currency
        or attempt.amount_minor <> told.amount_minor and (attempt.way <> 'saved' or attempt.amount_minor < told.amount_minor)
        or attempt.provider_intent_id <> told.key or attempt.invoice_id is distinct from :told_invoice_id::uuid) then 'parked'
      when payer.customer_id is null then 'nobody'
      when named.currency <> told.currency or not_allowed then 'refused'
      else 'applied' end as verdict,
    case
      when parked.resolved then 'ALREADY_RESOLVED'
      when not_allowed then 'TAKER_NOT_ALLOWED'
      when told.method <> 'card' or :parked_id::uuid is not null then 'CURRENCY_DIFFERS'
      when attempt.attempt_id is null then 'UNKNOWN_ATTEMPT'
      when attempt.livemode <> :livemode::boolean then 'LIVEMODE_DIFFERS'
      when attempt.currency <> told.currency then 'CURRENCY_DIFFERS'
      when attempt.amount_minor <> told.amount_minor and (attempt.way <> 'saved' or attempt.amount_minor < told.amount_minor) then 'AMOUNT_DIFFERS'
      when attempt.provider_intent_id <> told.key then 'INTENT_DIFFERS'
      else 'METADATA_DIFFERS' end as code
  from taker, told left join attempt on true left join parked on true left join named on true left join payer on true),
event as (
  insert into billing.provider_event (organisation_id, event_id, type, intent_id, attempt_id, outcome, told_at)
  select :organisation::uuid, :event_id::text, :event_type::text, told.key, :attempt_id::uuid,
         case verdict when 'applied' then 'applied' when 'known' then 'known' when 'elsewhere' then 'unread' else 'parked' end, told.captured_at
  from told, verdict where :event_id::text is not null and verdict in ('applied', 'known', 'parked', 'parked_before', 'elsewhere')
  on conflict do nothing),
-- What was paid by the link of a claim pays that first; whatever else comes in is the customer's credit, which pays claims after invoices.
paid_claim as (
  select told.payment_id as posting_id, 2 as ordinal, c.claim_id, c.customer_id, c.currency, c.amount_minor as total_minor, coalesce(last.step, 0) as step,
         coalesce(last.open_after, c.amount_minor) as open_minor, least(told.amount_minor, coalesce(last.open_after, c.amount_minor)) as paid_minor
  from attempt
  cross join told cross join verdict
  cross join lateral (select c.* from billing.claim c where c.organisation_id = :organisation::uuid and c.claim_id = attempt.claim_id limit 1) c
  left join lateral (
    select s.step, s.open_after from billing.claim_step s where s.organisation_id = :organisation::uuid and s.claim_id = c.claim_id order by s.step desc limit 1) last on true
  where verdict = 'applied' and coalesce(last.open_after, c.amount_minor) > 0),
-- include: billing/pay_claims
,
incoming as (
  select told.payment_id as posting_id, payer.customer_id, told.currency, told.amount_minor - coalesce((select paid_minor from paid_claim), 0) as amount_minor, told.invoice_id,
         payer.today, (select count(*)::int + 2 from paid_claim) as first_ordinal
  from told, payer, verdict where verdict = 'applied'),
-- include: billing/allocate
,
source as (
  select case when :parked_id::uuid is not null then 'unmatched' else :source_kind::text end as kind, :source_holder::text as holder),
moved as (
  select posting_id, 1 as ordinal, 'payment' as kind, source.kind as debit_kind, source.holder as debit_holder, 'customer_credit' as credit_kind,
         customer_id::text as credit_holder, incoming.currency, told.amount_minor, customer_id as strand, 'payment' as subject_kind, posting_id as subject_id,
         told.captured_at as occurred_at
  from incoming, source, told
  union all
  select posting_id, ordinal, 'allocation', 'customer_credit', customer_id::text, 'receivable', customer_id::text, currency, paid_minor, customer_id, 'invoice', invoice_id,
         :at::timestamptz
  from taken
  union all
  select * from claim_transfers
  union all
  select :new_parked_id::uuid, 1, 'parking', 'card_clearing', '', 'unmatched', '', told.currency, told.amount_minor, :new_parked_id::uuid, 'parked_money', :new_parked_id::uuid,
         told.captured_at
  from told, verdict where verdict = 'parked'),
-- include: billing/transfers
,
-- include: subscriptions/grant_nothing
,
-- include: subscriptions/settle
,
-- include: dispatch/withdraw_collections
,
made_payment as (
  insert into billing.payment (organisation_id, payment_id, customer_id, key_kind, key, method, amount_minor, currency, invoice_id, taken_by, visit_id, captured_at, corrects,
    source_kind, source_holder)
  select :organisation::uuid, told.payment_id, customer_id, told.key_kind, told.key, told.method, told.amount_minor, told.currency, told.invoice_id, :taken_by::uuid,
         :visit_id::uuid, told.captured_at, :corrects::uuid, source.kind, source.holder
  from incoming, told, source),
outcome as (
  select jsonb_build_object(
      'state', 'recorded', 'payment_id', told.payment_id, 'receipt_number', :receipt_number::text, 'method', told.method,
      'amount', jsonb_build_object('amount', told.amount_minor, 'currency', told.currency),
      'customer_id', incoming.customer_id, 'invoice_id', told.invoice_id, 'captured_at', told.captured_at, 'taken_by', :taken_by::uuid, 'visit_id', :visit_id::uuid,
      'corrects', :corrects::uuid,
      'paid', coalesce((select jsonb_agg(jsonb_build_object('invoice_id', invoice_id, 'paid_minor', paid_minor, 'open_minor', open_minor - paid_minor) order by ordinal) from taken), '[]'),
      'credit_minor', coalesce((select -balance_after from steps where account_kind = 'customer_credit' order by version desc limit 1), 0),
      'services', coalesce((select jsonb_agg(jsonb_build_object('subscription_id', subscription_id, 'from_state', from_state, 'to_state', to_state,
        'paid_through_on', paid_through_on) order by subscription_id) from renewed), '[]'),
      'renewal_calls_withdrawn', coalesce((select jsonb_agg(subscription_id order by subscription_id) from renewals_withdrawn), '[]'),
      'visits_withdrawn', coalesce((select jsonb_agg(visit_id order by visit_id) from withdrawn_visits), '[]')) as body
  from incoming, told),
made_receipt as (
  insert into billing.receipt (organisation_id, payment_id, receipt_number, outcome)
  select :organisation::uuid, posting_id, :receipt_number::text, body from incoming, outcome),
resolved as (
  insert into billing.parked_resolution (organisation_id, parked_id, payment_id, resolved_by)
  select :organisation::uuid, parked_id, posting_id, :actor::text from parked, incoming),
made_parked as (
  insert into billing.parked_money (organisation_id, parked_id, intent_id, attempt_id, reason, amount_minor, currency, livemode, captured_at)
  select :organisation::uuid, :new_parked_id::uuid, told.key, :attempt_id::uuid, code, told.amount_minor, told.currency, :livemode::boolean, told.captured_at
  from told, verdict where verdict = 'parked'
  returning parked_id, reason, amount_minor, currency),
collected as (
  update billing.collection_attempt a set state = 'succeeded', provider_intent_id = told.key
  from incoming, told where a.organisation_id = :organisation::uuid and a.attempt_id = :attempt_id::uuid and a.state <> 'succeeded'),
-- Other tries to collect what is paid now are called off at the provider.
pointless_attempt as (
  select a.attempt_id from settled s join billing.collection_attempt a on a.organisation_id = :organisation::uuid and a.invoice_id = s.invoice_id
  where a.state in ('begun', 'open', 'processing') and a.attempt_id is distinct from :attempt_id::uuid),
happened as (
  select 'payment_recorded' as kind, customer_id, 'payment' as subject_kind, posting_id as subject_id, body from incoming, outcome
  union all
  select 'invoice_paid', customer_id, 'invoice', invoice_id, jsonb_build_object('payment_id', posting_id, 'currency', currency, 'total_minor', total_minor)
  from taken where paid_minor = open_minor and written_off_minor = 0
  union all
  select kind, customer_id, subject_kind, subject_id, body from claim_facts
  union all
  select kind, customer_id, subject_kind, subject_id, body from subscription_facts
  union all
  select 'visit_withdrawn', customer_id, 'visit', visit_id, jsonb_build_object('job_id', job_id, 'payment_id', :payment_id::uuid) from withdrawn_visits
  union all
  select kind, customer_id, subject_kind, subject_id, body from withdrawal_facts
  union all
  select 'money_parked', null, 'parked_money', parked_id, jsonb_build_object('reason', reason, 'amount_minor', amount_minor, 'currency', currency) from made_parked),
wanted as (
  select task_id, kind, subject_id, due_at, body from subscription_tasks
  union all
  select md5('receipt' || posting_id)::uuid, 'send_notice', posting_id, :at::timestamptz, jsonb_build_object('notice', 'receipt', 'customer_id', customer_id) from incoming
  union all
  select md5('cancel' || attempt_id || :payment_id::text)::uuid, 'cancel_attempt', attempt_id, :at::timestamptz, '{}'::jsonb from pointless_attempt
  union all
  select task_id, kind, subject_id, due_at, body from claim_tasks where subject_id is distinct from :attempt_id::uuid),
answer as (
  select 201 as status, null::text as code, body from outcome
  union all
  select case when same then 200 else 409 end, case when not same then 'PAYMENT_DIFFERS' end,
         case when same then outcome else jsonb_build_object('payment_id', outcome -> 'payment_id') end from known
  union all
  select 200, null, jsonb_build_object('state', 'parked', 'parked_id', parked_id, 'reason', reason) from made_parked
  union all
  select 200, null, jsonb_build_object('state', 'parked', 'parked_id', parked_id, 'reason', reason) from parked_before, verdict where verdict = 'parked_before'
  union all
  select 200, null, jsonb_build_object('state', 'noted') from verdict where verdict = 'elsewhere'
  union all
  select case when code in ('ALREADY_RESOLVED', 'TAKER_NOT_ALLOWED') then 409 else 422 end, code, '{}'::jsonb from verdict where verdict = 'refused')

-- verb: reverse_payment
-- Takes a payment back whole: what it paid is reopened first, itself and then as credit, so that the credit it is taken from is there. Under the account's lock.
with recursive payment as (
  select p.payment_id, p.customer_id, p.currency, p.amount_minor, p.source_kind, p.source_holder, p.taken_by, r.parked_id, coalesce(s.step, 0) as told_step,
         coalesce(s.state, 'told') as told_state, coalesce(q.step, 0) as cheque_step
  from billing.payment p
  left join lateral (
    select r.parked_id from billing.parked_resolution r where r.organisation_id = :organisation::uuid and r.payment_id = p.payment_id limit 1) r on true
  left join lateral (
    select s.step, s.state from billing.bank_sighting s where s.organisation_id = :organisation::uuid and s.told_id = p.payment_id order by s.step desc limit 1) s on true
  left join lateral (
    select q.step from billing.cheque_step q where q.organisation_id = :organisation::uuid and q.payment_id = p.payment_id order by q.step desc limit 1) q on true
  where p.organisation_id = :organisation::uuid and p.payment_id = :payment_id::uuid),
-- The payment whose money this is: where a return was undone, another stands in its place.
came_as (payment_id, n) as (
  select payment_id, 0 from payment
  union all
  select p.corrects, n + 1 from came_as c
  cross join lateral (
    select p.corrects from billing.payment p where p.organisation_id = :organisation::uuid and p.payment_id = c.payment_id and p.corrects is not null limit 1) p),
on_line as (
  select s.line_id from came_as c
  cross join lateral (
    select s.line_id from billing.bank_step s
    where s.organisation_id = :organisation::uuid and s.payment_id = c.payment_id and s.kind in ('payment', 'told') order by s.recorded_at desc limit 1) s
  order by c.n limit 1),
-- First of these that holds. What went back to its card, or is on its way there, can't be taken back too; what a line shows is taken back with the line.
verdict as (
  select case
    when exists (select from billing.payment_reversal r where r.organisation_id = :organisation::uuid and r.payment_id = p.payment_id offset 0) then 'ALREADY_REVERSED'
    when exists (
      select from billing.refund r left join billing.refund_outcome o on o.organisation_id = r.organisation_id and o.refund_id = r.refund_id
      where r.organisation_id = :organisation::uuid and r.customer_id = p.customer_id and r.payment_id = p.payment_id and o.outcome is distinct from 'failed' and not exists (
        select from billing.refund_return b where b.organisation_id = r.organisation_id and b.refund_id = r.refund_id offset 0))
      then 'PAID_BACK_TO_CARD'
    when exists (
      select from billing.dispute d join billing.dispute_withdrawal w on w.organisation_id = d.organisation_id and w.dispute_id = d.dispute_id
      where d.organisation_id = :organisation::uuid and d.payment_id = p.payment_id) then 'ALREADY_REVERSED'
    when not :by_line::boolean and (p.source_kind = 'unmatched' and p.parked_id is null or p.told_state = 'seen') then 'PAYMENT_ON_BANK_LINE'
    else 'DONE' end as code
  from payment p),
passed as (select p.* from payment p, verdict where code = 'DONE'),
-- include: billing/reopen_paid
,
-- What is there no longer was paid back to the customer meanwhile. The bank takes it all the same: they owe it again, by no invoice.
owed_again as (
  select (s.short_minor - coalesce((select sum(amount_minor - own_minor) from reopening), 0))::bigint as minor
  from short s, passed p where p.source_kind in ('unmatched', 'bank', 'cheques') and p.parked_id is null),
money_out as (
  select p.*, coalesce(a.minor, 0) as claimed_minor, (select count(*) from reopening)::int + 1 + (coalesce(a.minor, 0) > 0)::int as ordinal
  from passed p left join owed_again a on true),
-- Cash that was handed in stays as it was counted: what the agent no longer holds comes off the agent's differences instead. A correction puts its own amount back.
no_longer_held as (
  select p.source_holder, greatest(0, p.amount_minor - :replaced_minor::bigint - held.held_after) as gone_minor
  from passed p
  cross join lateral (
    select c.held_after from billing.cash_custody c where c.organisation_id = :organisation::uuid and c.staff_id = p.taken_by and c.currency = p.currency
    order by c.step desc limit 1) held
  where p.source_kind = 'cash_on_agent'),
moved as (
  select :reversal_id::uuid as posting_id, ordinal, 'reopening' as kind, 'receivable' as debit_kind, customer_id::text as debit_holder, 'customer_credit' as credit_kind,
         customer_id::text as credit_holder, currency, amount_minor, customer_id as strand, 'invoice' as subject_kind, invoice_id as subject_id, :at::timestamptz as occurred_at
  from reopening
  union all
  select :reversal_id::uuid, ordinal - 1, 'claim', 'receivable', customer_id::text, 'customer_credit', customer_id::text, currency, claimed_minor, customer_id, 'claim',
         :reversal_id::uuid, :at::timestamptz
  from money_out where claimed_minor > 0
  union all
  select :reversal_id::uuid, ordinal, 'reversal', 'customer_credit', customer_id::text, source_kind, source_holder, currency, amount_minor, customer_id, 'payment', payment_id,
         :at::timestamptz
  from money_out
  union all
  select :reversal_id::uuid, ordinal + 1, 'difference', source_kind, source_holder, 'cash_difference', source_holder, currency, gone_minor, customer_id, 'payment', payment_id,
         :at::timestamptz
  from money_out join no_longer_held using (source_holder) where gone_minor > 0),
-- include: billing/transfers
,
-- include: subscriptions/reopen
,
taken_back as (
  insert into billing.payment_reversal (organisation_id, reversal_id, payment_id, customer_id, currency, amount_minor, cause, reason, reversed_by, ordinal, source_kind, source_holder,
    parked_id)
  select :organisation::uuid, :reversal_id::uuid, payment_id, customer_id, currency, amount_minor, :cause::text, :reason::text, :actor::text, ordinal, source_kind, source_holder,
    parked_id
  from money_out),
claimed as (
  insert into billing.claim (organisation_id, claim_id, payment_id, customer_id, currency, amount_minor, ordinal)
  select :organisation::uuid, :reversal_id::uuid, payment_id, customer_id, currency, claimed_minor, ordinal - 1 from money_out where claimed_minor > 0),
sighted as (
  insert into billing.bank_sighting (organisation_id, told_id, step, before, state, reversal_id)
  select :organisation::uuid, payment_id, told_step + 1, told_state, 'reversed', :reversal_id::uuid from money_out where source_kind in ('bank', 'cheques') and not :by_line::boolean),
bounced as (
  insert into billing.cheque_step (organisation_id, payment_id, step, before, state, customer_id, currency, amount_minor, posting_id, told_by, occurred_at)
  select :organisation::uuid, payment_id, cheque_step + 1, 'on_its_way', case when :cause::text in ('mistyped', 'other') then 'taken_back' else 'bounced' end, customer_id, currency, amount_minor, :reversal_id::uuid, :actor::text, :at::timestamptz
  from money_out where source_kind = 'cheques'),
no_longer_on_its_way as (
  delete from billing.cheque_on_its_way w using money_out m where w.organisation_id = :organisation::uuid and w.payment_id = m.payment_id),
happened as (
  select 'payment_reversed' as kind, customer_id, 'payment' as subject_kind, payment_id as subject_id,
         jsonb_build_object('reversal_id', :reversal_id::uuid, 'cause', :cause::text, 'amount_minor', amount_minor, 'currency', currency,
           'no_longer_held_minor', coalesce((select gone_minor from no_longer_held), 0)) as body
  from money_out
  union all
  select 'claim_made', customer_id, 'claim', :reversal_id::uuid, jsonb_build_object('payment_id', payment_id, 'amount_minor', claimed_minor, 'currency', currency)
  from money_out where claimed_minor > 0
  union all
  select 'invoice_reopened', customer_id, 'invoice', invoice_id, jsonb_build_object('payment_id', :payment_id::uuid, 'open_minor', open_minor + amount_minor) from reopening
  union all
  select kind, customer_id, subject_kind, subject_id, body from write_off_facts
  union all
  select 'subscription_period_reopened', customer_id, 'subscription', subscription_id, jsonb_build_object('paid_through_on', paid_through_on, 'state', state)
  from periods_reopened),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('reversal_id', :reversal_id::uuid, 'payment_id', payment_id, 'reopened',
      coalesce((select jsonb_agg(jsonb_build_object('invoice_id', invoice_id, 'paid_minor', amount_minor, 'open_minor', open_minor + amount_minor) order by ordinal)
        from reopening), '[]'), 'claimed_minor', claimed_minor) as body
  from money_out
  union all
  select 409, code, case code when 'PAYMENT_ON_BANK_LINE' then jsonb_build_object('line_id', (select line_id from on_line)) else '{}'::jsonb end from verdict
  where code <> 'DONE')

-- query: line_of_bank_entry
-- The bank's own line of an entry that is about to be told by hand; none where it was told before the line came.
select l.line_id from billing.bank_line l
where l.organisation_id = :organisation and l.reference = :bank_reference and l.reference <> '' and l.amount_minor = :amount_minor and l.currency = :currency
  and not exists (
    select from billing.payment p where p.organisation_id = :organisation and p.key_kind = 'bank_entry' and p.key = :bank_reference)
limit 1

-- query: find_payment
with
-- include: billing/told_payments
select * from told_payments where payment_id = :payment_id

-- query: list_payments
with
-- include: billing/told_payments
select * from told_payments where customer_id = :customer_id and payment_id > :after order by payment_id limit :limit + 1

-- query: list_payments_at_visit
with
-- include: billing/told_payments
select * from told_payments where customer_id = :customer_id and visit_id = :visit_id and (:taken_by::uuid is null or taken_by = :taken_by::uuid)
order by payment_id limit 100

-- query: why_open_again
select v.cause, c.number, c.bank, c.dated_on
from (
  select a.posting_id from billing.allocation a where a.organisation_id = :organisation and a.invoice_id = :invoice_id and a.kind = 'reopen' order by a.step desc limit 1) last
join billing.payment_reversal v on v.organisation_id = :organisation and v.reversal_id = last.posting_id
left join billing.cheque c on c.organisation_id = v.organisation_id and c.payment_id = v.payment_id

-- query: find_receipt
select payment_id, receipt_number, issued_at, outcome from billing.receipt where organisation_id = :organisation and payment_id = :payment_id

-- query: customer_account
with person as (
  select customer_id, (:at::timestamptz at time zone zone)::date as today from customers.customer where organisation_id = :organisation and customer_id = :customer_id),
open_invoice as (
  select i.invoice_id, i.series || '-' || i.number as number, i.due_on, i.due_on < p.today as overdue, i.total_minor, i.currency, coalesce(last.open_after, i.total_minor) as open_minor
  from person p
  join billing.invoice i on i.organisation_id = :organisation and i.customer_id = p.customer_id
  left join lateral (
    select a.open_after from billing.allocation a where a.organisation_id = :organisation and a.invoice_id = i.invoice_id order by a.step desc limit 1) last on true
  where coalesce(last.open_after, i.total_minor) > 0),
balance as (
  select a.currency,
         coalesce(max(last.balance_after) filter (where a.kind = 'receivable'), 0) as owed_minor, coalesce(max(-last.balance_after) filter (where a.kind = 'customer_credit'), 0) as credit_minor, coalesce((
           select e.balance_after from billing.account_entry e
           where e.organisation_id = :organisation and e.account_kind = 'bad_debt' and e.account_holder = '' and e.currency = a.currency and e.strand = p.customer_id
           order by e.version desc limit 1), 0) as written_off_minor
  from person p
  join billing.account a on a.organisation_id = :organisation and a.kind in ('receivable', 'customer_credit') and a.holder = p.customer_id::text
  cross join lateral (
    select e.balance_after from billing.account_entry e
    where e.organisation_id = :organisation and e.account_kind = a.kind and e.account_holder = a.holder and e.currency = a.currency and e.strand = p.customer_id
    order by e.version desc limit 1) last
  group by a.currency, p.customer_id)
select p.customer_id,
       coalesce((select jsonb_agg(jsonb_build_object('currency', currency, 'owed_minor', owed_minor, 'credit_minor', credit_minor, 'written_off_minor', written_off_minor) order by currency) from balance), '[]'),
       coalesce((select jsonb_agg(to_jsonb(open_invoice) order by due_on, invoice_id) from open_invoice), '[]'),
       coalesce((
         select jsonb_agg(jsonb_build_object('id', c.claim_id, 'payment_id', c.payment_id, 'amount_minor', c.amount_minor, 'open_minor', coalesce(l.open_after, c.amount_minor),
           'currency', c.currency, 'since', c.recorded_at) order by c.claim_id)
         from billing.claim c
         left join lateral (
           select s.open_after from billing.claim_step s where s.organisation_id = :organisation and s.claim_id = c.claim_id order by s.step desc limit 1) l on true
         where c.organisation_id = :organisation and c.customer_id = p.customer_id and coalesce(l.open_after, c.amount_minor) > 0), '[]')
from person p

-- verb: use_credit
-- A customer's credit pays what is open, oldest due first, as a payment would; then what they owe by no invoice. Under the account's lock.
with person as (
  select c.customer_id, (:at::timestamptz at time zone c.zone)::date as today from customers.customer c
  where c.organisation_id = :organisation::uuid and c.customer_id = :customer_id::uuid),
incoming as (
  select :payment_id::uuid as posting_id, p.customer_id, :currency::text as currency, -last.balance_after as amount_minor, null::uuid as invoice_id, p.today, 1 as first_ordinal
  from person p
  cross join lateral (
    select e.balance_after from billing.account_entry e
    where e.organisation_id = :organisation::uuid and e.account_kind = 'customer_credit' and e.account_holder = p.customer_id::text and e.currency = :currency::text
      and e.strand = p.customer_id
    order by e.version desc limit 1) last),
-- include: billing/allocate
,
open_claim as (
  select n.posting_id, n.amount_minor - coalesce((select sum(paid_minor) from taken), 0)::bigint as available_minor, c.claim_id, c.customer_id, c.currency,
         c.amount_minor as total_minor, coalesce(last.step, 0) as step, coalesce(last.open_after, c.amount_minor) as open_minor
  from incoming n
  cross join lateral (
    select c.* from billing.claim c where c.organisation_id = :organisation::uuid and c.customer_id = n.customer_id and c.currency = n.currency offset 0) c
  left join lateral (
    select s.step, s.open_after from billing.claim_step s where s.organisation_id = :organisation::uuid and s.claim_id = c.claim_id order by s.step desc limit 1) last on true
  where coalesce(last.open_after, c.amount_minor) > 0),
shared_claim as (
  select *, least(open_minor, greatest(0, available_minor - coalesce(sum(open_minor) over earlier, 0)))::bigint as paid_minor
  from open_claim window earlier as (order by claim_id rows between unbounded preceding and 1 preceding)),
paid_claim as (
  select *, ((select count(*) from taken) + row_number() over (order by claim_id))::int as ordinal from shared_claim where paid_minor > 0),
-- include: billing/pay_claims
,
moved as (
  select posting_id, ordinal, 'allocation' as kind, 'customer_credit' as debit_kind, customer_id::text as debit_holder, 'receivable' as credit_kind,
         customer_id::text as credit_holder, currency, paid_minor as amount_minor, customer_id as strand, 'invoice' as subject_kind, invoice_id as subject_id,
         :at::timestamptz as occurred_at
  from taken
  union all
  select * from claim_transfers),
-- include: billing/transfers
,
-- include: subscriptions/grant_nothing
,
-- include: subscriptions/settle
,
-- include: dispatch/withdraw_collections
,
happened as (
  select 'credit_used' as kind, customer_id, 'invoice' as subject_kind, invoice_id as subject_id,
         jsonb_build_object('posting_id', posting_id, 'paid_minor', paid_minor, 'currency', currency) as body
  from taken
  union all
  select 'invoice_paid', customer_id, 'invoice', invoice_id, jsonb_build_object('posting_id', posting_id, 'currency', currency, 'total_minor', total_minor)
  from taken where paid_minor = open_minor and written_off_minor = 0
  union all
  select kind, customer_id, subject_kind, subject_id, body from claim_facts
  union all
  select kind, customer_id, subject_kind, subject_id, body from subscription_facts
  union all
  select 'visit_withdrawn', customer_id, 'visit', visit_id, jsonb_build_object('job_id', job_id) from withdrawn_visits
  union all
  select kind, customer_id, subject_kind, subject_id, body from withdrawal_facts),
wanted as (
  select task_id, kind, subject_id, due_at, body from subscription_tasks
  union all
  select task_id, kind, subject_id, due_at, body from claim_tasks),
answer as (
  select 200 as status, null::text as code, jsonb_build_object(
    'paid', coalesce((select jsonb_agg(jsonb_build_object('invoice_id', invoice_id, 'paid_minor', paid_minor, 'open_minor', open_minor - paid_minor) order by ordinal) from taken), '[]'),
    'credit_minor', coalesce((select amount_minor from incoming), 0) - coalesce((select sum(paid_minor)::bigint from taken), 0)
      - coalesce((select sum(paid_minor)::bigint from paid_claim), 0)) as body
  from person)

-- query: credit_to_use
-- Customers who have credit in a currency in which they also owe: an invoice came after the money.
select a.holder::uuid, a.currency
from billing.account a
cross join lateral (
  select e.balance_after from billing.account_entry e
  where e.organisation_id = :organisation and e.account_kind = 'customer_credit' and e.account_holder = a.holder and e.currency = a.currency and e.strand = a.holder::uuid
  order by e.version desc limit 1) credit
cross join lateral (
  select e.balance_after from billing.account_entry e
  where e.organisation_id = :organisation and e.account_kind = 'receivable' and e.account_holder = a.holder and e.currency = a.currency and e.strand = a.holder::uuid
  order by e.version desc limit 1) owed
where a.organisation_id = :organisation and a.kind = 'customer_credit' and credit.balance_after < 0 and owed.balance_after > 0
order by a.holder, a.currency limit 500
