-- In: paid_claim (posting_id, ordinal, claim_id, customer_id, currency, total_minor, step, open_minor, paid_minor): what of each claim credit pays. Out: `claim_transfers`, part of
-- the posting, `claim_facts`, and `claim_tasks`: other tries to collect what is paid now are called off at the provider. The caller holds the account's lock.
claim_steps as (
  insert into billing.claim_step (organisation_id, claim_id, step, posting_id, ordinal, customer_id, currency, total_minor, open_before, open_after)
  select :organisation::uuid, claim_id, step + 1, posting_id, ordinal, customer_id, currency, total_minor, open_minor, open_minor - paid_minor from paid_claim),
claim_transfers as (
  select posting_id, ordinal, 'claim_paid' as kind, 'customer_credit' as debit_kind, customer_id::text as debit_holder, 'receivable' as credit_kind,
         customer_id::text as credit_holder, currency, paid_minor as amount_minor, customer_id as strand, 'claim' as subject_kind, claim_id as subject_id, :at::timestamptz as occurred_at
  from paid_claim),
claim_facts as (
  select 'claim_paid' as kind, customer_id, 'claim' as subject_kind, claim_id as subject_id,
    jsonb_build_object('paid_minor', paid_minor, 'open_minor', open_minor - paid_minor, 'currency', currency) as body
  from paid_claim),
claim_tasks as (
  select md5('cancel' || a.attempt_id || p.posting_id)::uuid as task_id, 'cancel_attempt' as kind, a.attempt_id as subject_id, :at::timestamptz as due_at, '{}'::jsonb as body
  from paid_claim p
  cross join lateral (
    select a.attempt_id from billing.collection_attempt a
    where a.organisation_id = :organisation::uuid and a.claim_id = p.claim_id and a.state in ('begun', 'open', 'processing') limit 1) a
  where p.paid_minor = p.open_minor)
