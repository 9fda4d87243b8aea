-- verb: begin_card_attempt
-- The row is committed before the provider is called. One try at a time an invoice, or what is owed by none: an earlier one is called off, here and (by a task) at the provider.
-- What is objected to isn't asked for, unless nothing else is open: then whoever begins wants to pay it all the same.
with owed as (
  select i.invoice_id, null::uuid as claim_id, i.customer_id, i.currency, coalesce(last.open_after, i.total_minor) as open_minor, coalesce(last.written_off_after, 0) as written_off_minor,
    billing.contested_minor(:organisation::uuid, i.customer_id, i.invoice_id) as contested_minor
  from billing.invoice i
  left join lateral (
    select a.open_after, a.written_off_after from billing.allocation a where a.organisation_id = :organisation::uuid and a.invoice_id = i.invoice_id order by a.step desc limit 1) last on true
  where i.organisation_id = :organisation::uuid and i.invoice_id = :invoice_id::uuid
  union all
  select null, c.claim_id, c.customer_id, c.currency, coalesce(last.open_after, c.amount_minor), 0, 0
  from billing.claim c
  left join lateral (
    select s.open_after from billing.claim_step s where s.organisation_id = :organisation::uuid and s.claim_id = c.claim_id order by s.step desc limit 1) last on true
  where c.organisation_id = :organisation::uuid and c.claim_id = :claim_id::uuid),
known as (
  select a.attempt_id, a.invoice_id, a.amount_minor, a.currency, a.state, a.way
  from billing.collection_attempt a where a.organisation_id = :organisation::uuid and a.attempt_id = :attempt_id::uuid),
running as (
  select a.attempt_id, a.way, a.state from billing.collection_attempt a
  where a.organisation_id = :organisation::uuid and a.invoice_id = :invoice_id::uuid and a.state in ('begun', 'open', 'processing')
  union all
  select a.attempt_id, a.way, a.state from billing.collection_attempt a
  where a.organisation_id = :organisation::uuid and a.claim_id = :claim_id::uuid and a.state in ('begun', 'open', 'processing')),
-- what a customer's bank is busy with can't be called off: another try beside it would take the money twice
at_the_bank as (select 1 from running where (way, state) in (('saved', 'begun'), ('saved', 'processing'), ('checkout', 'processing'))),
passed as (select * from owed where open_minor > 0 and written_off_minor = 0 and not exists (select from known) and not exists (select from at_the_bank)),
called_off as (
  update billing.collection_attempt a set state = 'closed'
  from passed cross join running r where a.organisation_id = :organisation::uuid and a.attempt_id = r.attempt_id
  returning a.attempt_id, a.invoice_id, a.claim_id, a.customer_id),
begun as (
  insert into billing.collection_attempt (organisation_id, attempt_id, invoice_id, claim_id, customer_id, currency, amount_minor, livemode, state, way, begun_by, begun_at)
  select :organisation::uuid, :attempt_id::uuid, p.invoice_id, p.claim_id, p.customer_id, p.currency, case when p.contested_minor < p.open_minor then p.open_minor - p.contested_minor else p.open_minor end, :livemode::boolean, 'begun', :way::text, :actor::text, :at::timestamptz
  from passed p, (select count(*) from called_off) first_the_one_before
  returning attempt_id, invoice_id, claim_id, customer_id, amount_minor, currency, state, way),
happened as (
  select 'card_attempt_begun' as kind, customer_id, 'attempt' as subject_kind, attempt_id as subject_id,
         jsonb_strip_nulls(jsonb_build_object('invoice_id', invoice_id, 'claim_id', claim_id, 'amount_minor', amount_minor, 'currency', currency)) as body
  from begun
  union all
  select 'card_attempt_closed', customer_id, 'attempt', attempt_id, jsonb_strip_nulls(jsonb_build_object('invoice_id', invoice_id, 'claim_id', claim_id)) from called_off),
wanted as (
  select md5('cancel' || attempt_id || :attempt_id::text)::uuid as task_id, 'cancel_attempt' as kind, attempt_id as subject_id, :at::timestamptz as due_at, '{}'::jsonb as body
  from called_off),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('attempt_id', attempt_id, 'invoice_id', invoice_id, 'claim_id', claim_id, 'state', state, 'way', way,
    'amount', jsonb_build_object('amount', amount_minor, 'currency', currency)) as body
  from begun
  union all
  select case when same then 200 else 409 end, case when not same then 'ATTEMPT_DIFFERS' end,
    jsonb_build_object('attempt_id', attempt_id, 'invoice_id', invoice_id, 'state', state, 'way', way, 'amount', jsonb_build_object('amount', amount_minor, 'currency', currency))
  from (select *, (invoice_id, way) is not distinct from (:invoice_id::uuid, :way::text) as same from known) known
  union all
  select 409, case when written_off_minor > 0 then 'INVOICE_WRITTEN_OFF' else 'NOTHING_OPEN' end, '{}'::jsonb from owed
  where (open_minor = 0 or written_off_minor > 0) and not exists (select from known)
  union all
  select 409, 'ATTEMPT_RUNNING', '{}'::jsonb from owed where open_minor > 0 and written_off_minor = 0 and exists (select from at_the_bank) and not exists (select from known))

-- verb: move_attempt
-- What the provider says of an intent that hasn't brought money: a state only moves up its rank, a late failure never undoes a success.
with told as (
  select :attempt_id::uuid as attempt_id, :intent_id::text as intent_id, :session_id::text as session_id, :to_state::text as to_state),
moved_up as (
  update billing.collection_attempt a set state = told.to_state, provider_intent_id = coalesce(a.provider_intent_id, told.intent_id), provider_session_id = coalesce(a.provider_session_id, told.session_id)
  from told
  where a.organisation_id = :organisation::uuid and a.attempt_id = told.attempt_id
    and (told.intent_id is null or coalesce(a.provider_intent_id, told.intent_id) = told.intent_id)
    and (told.session_id is null or a.way = 'checkout' and coalesce(a.provider_session_id, told.session_id) = told.session_id)
    and array_position(array['begun', 'open', 'processing', 'closed', 'succeeded'], told.to_state) > array_position(array['begun', 'open', 'processing', 'closed', 'succeeded'], a.state)
  returning a.attempt_id, a.invoice_id, a.claim_id, a.customer_id, a.state),
event as (
  insert into billing.provider_event (organisation_id, event_id, type, intent_id, attempt_id, outcome, told_at)
  select :organisation::uuid, :event_id::text, :event_type::text, told.intent_id, told.attempt_id,
         case when exists (select from moved_up) then 'moved' else 'unmoved' end, :told_at::timestamptz
  from told where :event_id::text is not null
  on conflict do nothing),
happened as (
  select 'card_attempt_' || case state when 'open' then 'opened' else state end as kind, customer_id, 'attempt' as subject_kind, attempt_id as subject_id,
         jsonb_strip_nulls(jsonb_build_object('invoice_id', invoice_id, 'claim_id', claim_id)) as body
  from moved_up),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('state', 'noted') as body)

-- query: find_attempt
select attempt_id, invoice_id, customer_id, state, jsonb_build_object('amount', amount_minor, 'currency', currency), livemode, provider_intent_id, begun_at,
       (select p.payment_id from billing.payment p where p.organisation_id = :organisation and p.key_kind = 'payment_intent' and p.key = provider_intent_id), way, provider_session_id, claim_id,
       (select jsonb_build_object('request', r.request, 'asks', r.asks, 'reader_id', r.reader_id, 'asked_at', r.asked_at,
            'failure', case when e.reason is not null and c.state <> 'succeeded' then jsonb_build_object('reason', e.reason, 'code', e.code, 'failed_at', e.ended_at) end)
        from billing.reader_request r
        left join billing.reader_end e on e.organisation_id = r.organisation_id and e.attempt_id = r.attempt_id and e.request = r.request
        where r.organisation_id = c.organisation_id and r.attempt_id = c.attempt_id order by r.request desc limit 1),
       (select e.ended_at from billing.reader_end e
        where e.organisation_id = c.organisation_id and e.attempt_id = c.attempt_id and e.signature_file is not null order by e.request desc limit 1)
from billing.collection_attempt c where organisation_id = :organisation and attempt_id = :attempt_id

-- query: attempt_of_intent
select attempt_id from billing.collection_attempt where organisation_id = :organisation and provider_intent_id = :intent_id::text

-- query: attempts_not_final
-- What the sweeper asks the provider about: the webhook may never come. The older, the less often, each in a minute of its own: many that nobody
-- will ever pay don't keep a new one waiting.
select attempt_id, invoice_id, customer_id, state, jsonb_build_object('amount', amount_minor, 'currency', currency), livemode, provider_intent_id, begun_at, null::uuid, way, provider_session_id, claim_id, null::jsonb, null::timestamptz
from billing.collection_attempt
where organisation_id = :organisation and state in ('begun', 'open', 'processing') and way <> 'saved' and begun_at < :before::timestamptz
  and mod((extract(epoch from :at::timestamptz) / 60)::bigint + (hashtext(attempt_id::text) & 1023), greatest(1, extract(epoch from :at::timestamptz - begun_at)::bigint / 900)) = 0
order by begun_at desc limit 300

-- query: list_parked
select m.parked_id, m.reason, jsonb_build_object('amount', m.amount_minor, 'currency', m.currency), m.intent_id, m.attempt_id, m.livemode, m.captured_at, m.recorded_at, r.payment_id
from billing.parked_money m
left join billing.parked_resolution r on r.organisation_id = m.organisation_id and r.parked_id = m.parked_id
where m.organisation_id = :organisation and m.parked_id > :after and (:resolved::boolean or r.parked_id is null)
order by m.parked_id limit :limit + 1
