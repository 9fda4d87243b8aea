-- verb: propose_refund
-- Takes the money out of the customer's credit at once, so that it can't be spent twice while it is on its way. Under the account's lock.
with told as (
  select :refund_id::uuid as refund_id, :customer_id::uuid as customer_id, :amount_minor::bigint as amount_minor, :currency::text as currency, :via::text as via,
         :payment_id::uuid as payment_id),
person as (select c.customer_id from told join customers.customer c on c.organisation_id = :organisation::uuid and c.customer_id = told.customer_id),
known as (
  select r.refund_id, (r.customer_id, r.amount_minor, r.currency, r.via, r.reason, r.payment_id)
      is not distinct from (told.customer_id, told.amount_minor, told.currency, told.via, :reason::text, told.payment_id) as same
  from told join billing.refund r on r.organisation_id = :organisation::uuid and r.refund_id = told.refund_id),
card as (
  select p.payment_id, p.key as intent_id, case when exists (
    select from billing.payment_reversal v where v.organisation_id = :organisation::uuid and v.payment_id = p.payment_id) then 0
    else p.amount_minor - coalesce((
      select sum(r.amount_minor) from billing.refund r
      left join billing.refund_outcome o on o.organisation_id = r.organisation_id and o.refund_id = r.refund_id
      where r.organisation_id = :organisation::uuid and r.customer_id = p.customer_id and r.payment_id = p.payment_id and o.outcome is distinct from 'failed' and not exists (
        select from billing.refund_return b where b.organisation_id = r.organisation_id and b.refund_id = r.refund_id offset 0)), 0) - coalesce((
      select sum(d.amount_minor) from billing.dispute d join billing.dispute_withdrawal w on w.organisation_id = d.organisation_id and w.dispute_id = d.dispute_id
      where d.organisation_id = :organisation::uuid and d.payment_id = p.payment_id), 0) end as left_minor
  from told join billing.payment p on p.organisation_id = :organisation::uuid and p.payment_id = told.payment_id and p.customer_id = told.customer_id
  where p.method = 'card' and p.currency = told.currency),
asked as (select person.customer_id, told.currency from person, told),
-- include: billing/refundable
,
-- First of these that holds.
verdict as (
  select case
    when exists (select from known where same) then 'KNOWN'
    when exists (select from known) then 'REFUND_DIFFERS'
    when told.via = 'card' and card.payment_id is null or told.via <> 'card' and told.payment_id is not null then 'REFUND_WAY_UNCLEAR'
    when told.via = 'card' and card.left_minor < told.amount_minor then 'REFUND_BEYOND_PAYMENT'
    when credit_minor < told.amount_minor then 'CREDIT_ALREADY_USED'
    -- what left at the provider has left
    when :at_provider::boolean then 'DONE'
    when credit_minor - uncleared_minor < told.amount_minor then 'CREDIT_NOT_CLEARED'
    when credit_minor - uncleared_minor - owed_minor < told.amount_minor then 'CREDIT_OWED'
    else 'DONE' end as code
  from refundable, told left join card on true),
passed as (select told.*, card.intent_id from verdict, told left join card on true where code = 'DONE'),
moved as (
  select refund_id as posting_id, 1 as ordinal, 'refund' as kind, 'customer_credit' as debit_kind, customer_id::text as debit_holder, 'refunds_due' as credit_kind,
         '' as credit_holder, currency, amount_minor, customer_id as strand, 'refund' as subject_kind, refund_id as subject_id, :at::timestamptz as occurred_at
  from passed),
-- include: billing/transfers
,
proposed as (
  insert into billing.refund (organisation_id, refund_id, customer_id, currency, amount_minor, via, payment_id, intent_id, reason, proposed_by)
  select :organisation::uuid, refund_id, customer_id, currency, amount_minor, via, payment_id, intent_id, :reason::text, :actor::text from passed),
setting_out as (insert into billing.refund_on_its_way (organisation_id, refund_id) select :organisation::uuid, refund_id from passed),
happened as (
  select 'refund_proposed' as kind, customer_id, 'refund' as subject_kind, refund_id as subject_id,
         jsonb_build_object('amount_minor', amount_minor, 'currency', currency, 'via', via, 'payment_id', payment_id) as body
  from passed),
wanted as (
  select md5('refund' || refund_id)::uuid as task_id, 'create_refund' as kind, refund_id as subject_id, :at::timestamptz as due_at, '{}'::jsonb as body from passed
  where via = 'card' and not :at_provider::boolean),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('refund_id', refund_id, 'state', 'proposed') as body from passed
  union all
  select 200, null, jsonb_build_object('refund_id', refund_id, 'state', 'proposed') from known where same
  union all
  select case code when 'REFUND_WAY_UNCLEAR' then 422 else 409 end, code, '{}'::jsonb from verdict where code not in ('DONE', 'KNOWN'))

-- verb: settle_refund
-- The money went out, or came back into the customer's credit, refused where it went or called off here; what a bank line paid is proposed again when that is undone. Said once; under the account's lock and, as a
-- hand-in is, that of whose hands cash leaves. Before a hand pays, it is judged again: a clearing was taken back since, or a payment. What a line or the provider
-- says has gone has gone.
with refund as (
  select r.refund_id, r.customer_id, r.currency, r.amount_minor, r.via, coalesce(o.step, 0) as step, case when exists (
      select from billing.refund_return b where b.organisation_id = :organisation::uuid and b.refund_id = r.refund_id offset 0) then 'returned'
    else coalesce(o.outcome, 'proposed') end as outcome
  from billing.refund r
  left join lateral (
    select o.step, o.outcome from billing.refund_outcome o where o.organisation_id = :organisation::uuid and o.refund_id = r.refund_id order by o.step desc limit 1) o on true
  where r.organisation_id = :organisation::uuid and r.refund_id = :refund_id::uuid),
held as (
  select coalesce((
    select c.held_after from refund
    join billing.cash_custody c on c.organisation_id = :organisation::uuid and c.staff_id = :paid_by::uuid and c.currency = refund.currency
    order by c.step desc limit 1), 0) as held_minor),
asked as (select customer_id, currency from refund),
-- include: billing/refundable
,
-- What was billed since it was proposed is owed and no reason to keep it; what had been paid and is owed again is one.
never_reopened as (
  select coalesce(sum(coalesce(last.open_after, i.total_minor)), 0) as open_minor
  from refund r
  cross join lateral (
    select i.invoice_id, i.total_minor from billing.invoice i
    where i.organisation_id = :organisation::uuid and i.customer_id = r.customer_id and i.currency = r.currency offset 0) i
  left join lateral (
    select l.open_after from billing.allocation l where l.organisation_id = :organisation::uuid and l.invoice_id = i.invoice_id order by l.step desc limit 1) last on true
  where not exists (
    select from billing.allocation l where l.organisation_id = :organisation::uuid and l.invoice_id = i.invoice_id and l.kind = 'reopen' offset 0)),
-- First of these that holds.
verdict as (
  select case
    when outcome = :outcome::text or outcome = 'returned' and :outcome::text in ('paid', 'failed') then 'KNOWN'
    -- a card's bank may send back what was paid to it
    when outcome = 'paid' and via = 'card' and :outcome::text = 'failed' then 'RETURNED'
    when outcome = 'paid' and via = 'bank_transfer' and :outcome::text = 'proposed' and :line_id::uuid is not null then 'DONE'
    when outcome <> 'proposed' then 'REFUND_SETTLED'
    when via = 'card' and :by_hand::boolean then 'REFUND_BY_CARD'
    when via = 'cash' and :outcome::text = 'paid' and held_minor < amount_minor then 'MORE_THAN_HELD'
    when :outcome::text = 'paid' and :paid_by::uuid is not null and credit_minor + pending_minor - uncleared_minor < amount_minor then 'CREDIT_NOT_CLEARED'
    when :outcome::text = 'paid' and :paid_by::uuid is not null and credit_minor + pending_minor - uncleared_minor - (owed_minor - open_minor) < amount_minor then 'CREDIT_OWED'
    else 'DONE' end as code
  from refund, held, refundable, never_reopened),
passed as (select refund.* from refund, verdict where code = 'DONE'),
came_back as (select refund.* from refund, verdict where code = 'RETURNED'),
moved as (
  select refund_id as posting_id, step + 2 as ordinal, case :outcome::text when 'proposed' then 'refund_unpaid' else 'refund_' || :outcome::text end as kind,
         case :outcome::text when 'proposed' then 'bank' else 'refunds_due' end as debit_kind, '' as debit_holder,
         case when :outcome::text = 'proposed' then 'refunds_due' when :outcome::text in ('failed', 'cancelled') then 'customer_credit' when via = 'card' then 'card_clearing' when via = 'cash' then 'cash_on_agent' else 'bank' end as credit_kind,
         case when :outcome::text in ('failed', 'cancelled') then customer_id::text when via = 'cash' then (:paid_by::uuid)::text else '' end as credit_holder,
         currency, amount_minor, customer_id as strand, 'refund' as subject_kind, refund_id as subject_id, :at::timestamptz as occurred_at
  from passed
  union all
  select refund_id, 3, 'refund_failed', 'card_clearing', '', 'customer_credit', customer_id::text, currency, amount_minor, customer_id, 'refund', refund_id, :at::timestamptz
  from came_back),
-- include: billing/transfers
,
returned as (
  insert into billing.refund_return (organisation_id, refund_id, customer_id, currency, amount_minor, returned_at)
  select :organisation::uuid, refund_id, customer_id, currency, amount_minor, :at::timestamptz from came_back),
settled as (
  insert into billing.refund_outcome (organisation_id, refund_id, step, customer_id, currency, amount_minor, before, outcome, line_id, line_step, provider_refund_id, settled_by,
    settled_at)
  select :organisation::uuid, refund_id, step + 1, customer_id, currency, amount_minor, outcome, :outcome::text, :line_id::uuid, :line_step::int, :provider_refund_id::text, :actor::text, :at::timestamptz from passed),
over as (
  delete from billing.refund_on_its_way w using passed p where w.organisation_id = :organisation::uuid and w.refund_id = p.refund_id and :outcome::text <> 'proposed'),
setting_out_again as (
  insert into billing.refund_on_its_way (organisation_id, refund_id) select :organisation::uuid, refund_id from passed where :outcome::text = 'proposed'),
-- What was paid keeps the promise of a refund to this customer that is due first.
promise_ended as (
  select p.subject_id, p.kind, 'kept' as outcome, :at::timestamptz as happened_at
  from (select customer_id from passed where :outcome::text = 'paid') r
  cross join lateral (
    select p.subject_id, p.kind from promises.promise p
    where p.organisation_id = :organisation::uuid and p.customer_id = r.customer_id and p.kind = 'refund'
      and exists (select from promises.open_promise o where o.organisation_id = :organisation::uuid and o.promise_id = p.promise_id offset 0)
    order by p.due_at, p.promise_id limit 1) p),
-- include: promises/settle
,
happened as (
  select case :outcome::text when 'proposed' then 'refund_unpaid' else 'refund_' || :outcome::text end as kind, customer_id, 'refund' as subject_kind, refund_id as subject_id,
         jsonb_build_object('amount_minor', amount_minor, 'currency', currency, 'via', via) as body
  from (select * from passed union all select * from came_back) ended
  union all
  select kind, customer_id, subject_kind, subject_id, body from promises_settled_facts),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('refund_id', refund_id, 'state', :outcome::text) as body from (select * from passed union all select * from came_back) ended
  union all
  select 200, null, jsonb_build_object('refund_id', refund_id, 'state', case outcome when 'returned' then 'failed' else outcome end) from refund, verdict where code = 'KNOWN'
  union all
  select 409, code, case code when 'REFUND_SETTLED' then jsonb_build_object('refund_id', refund_id, 'state', case outcome when 'returned' then 'failed' else outcome end) else '{}'::jsonb end
  from refund, verdict where code not in ('DONE', 'KNOWN', 'RETURNED'))

-- query: find_refund
select r.refund_id, r.customer_id, jsonb_build_object('amount', r.amount_minor, 'currency', r.currency), r.via, case when b.refund_id is not null then 'failed' else coalesce(o.outcome, 'proposed') end, r.payment_id, r.intent_id, r.reason,
       r.recorded_at, coalesce(b.returned_at, case when o.outcome <> 'proposed' then o.settled_at end), o.provider_refund_id
from billing.refund r
left join lateral (
  select o.* from billing.refund_outcome o where o.organisation_id = r.organisation_id and o.refund_id = r.refund_id order by o.step desc limit 1) o on true
left join billing.refund_return b on b.organisation_id = r.organisation_id and b.refund_id = r.refund_id
where r.organisation_id = :organisation and r.refund_id = :refund_id

-- query: list_refunds
select r.refund_id, r.customer_id, jsonb_build_object('amount', r.amount_minor, 'currency', r.currency), r.via, case when b.refund_id is not null then 'failed' else coalesce(o.outcome, 'proposed') end, r.payment_id, r.intent_id, r.reason,
       r.recorded_at, coalesce(b.returned_at, case when o.outcome <> 'proposed' then o.settled_at end), o.provider_refund_id
from billing.refund r
left join lateral (
  select o.* from billing.refund_outcome o where o.organisation_id = r.organisation_id and o.refund_id = r.refund_id order by o.step desc limit 1) o on true
left join billing.refund_return b on b.organisation_id = r.organisation_id and b.refund_id = r.refund_id
where r.organisation_id = :organisation and r.customer_id = :customer_id and r.refund_id > :after
order by r.refund_id limit :limit + 1

-- query: list_double_payments
-- Invoices that were paid more than once, a card among it, where the surplus is still the customer's credit: what could go back to the card.
with asked as (
  select a.holder::uuid as customer_id, a.currency
  from billing.account a
  cross join lateral (
    select e.balance_after from billing.account_entry e
    where e.organisation_id = :organisation and e.account_kind = 'customer_credit' and e.account_holder = a.holder and e.currency = a.currency and e.strand = a.holder::uuid
    order by e.version desc limit 1) last
  where a.organisation_id = :organisation and a.kind = 'customer_credit' and last.balance_after < 0),
-- include: billing/refundable

select p.card_payment_id, credit.customer_id, p.invoice_id, jsonb_build_object('amount', p.amount_minor, 'currency', credit.currency)
from (
  select customer_id, currency, credit_minor - uncleared_minor - owed_minor as credit_minor from refundable where credit_minor > uncleared_minor + owed_minor) credit
cross join lateral (
  select told.invoice_id, told.card_payment_id, least(told.left_minor - i.total_minor, credit.credit_minor, told.card_left_minor)::bigint as amount_minor
  from (
    select p.invoice_id, sum(p.left_minor) as left_minor, (array_agg(p.payment_id order by p.payment_id desc) filter (where p.key_kind = 'payment_intent'))[1] as card_payment_id,
           (array_agg(p.left_minor order by p.payment_id desc) filter (where p.key_kind = 'payment_intent'))[1] as card_left_minor
    from (
      select p.payment_id, p.invoice_id, p.key_kind, p.amount_minor - coalesce((
          select sum(r.amount_minor) from billing.refund r left join billing.refund_outcome o on o.organisation_id = r.organisation_id and o.refund_id = r.refund_id
          where r.organisation_id = :organisation and r.customer_id = p.customer_id and r.payment_id = p.payment_id and o.outcome is distinct from 'failed' and not exists (
            select from billing.refund_return b where b.organisation_id = r.organisation_id and b.refund_id = r.refund_id)), 0) - coalesce((
          select sum(d.amount_minor) from billing.dispute d join billing.dispute_withdrawal w on w.organisation_id = d.organisation_id and w.dispute_id = d.dispute_id
          where d.organisation_id = :organisation and d.payment_id = p.payment_id), 0) as left_minor
      from billing.payment p
      where p.organisation_id = :organisation and p.customer_id = credit.customer_id and p.currency = credit.currency and p.invoice_id is not null and not exists (
        select from billing.payment_reversal v where v.organisation_id = p.organisation_id and v.payment_id = p.payment_id)
        and not exists (select from on_its_way q where q.payment_id = p.payment_id)) p
    group by p.invoice_id having count(*) > 1) told
  join billing.invoice i on i.organisation_id = :organisation and i.invoice_id = told.invoice_id) p
where p.amount_minor > 0 and (:payment_id::uuid is null or p.card_payment_id = :payment_id::uuid) and p.card_payment_id > :after::uuid
order by p.card_payment_id limit :limit::int + 1
