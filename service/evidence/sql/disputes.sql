-- query: job_of_scope
select j.job_id from dispatch.job j where j.organisation_id = :organisation and j.scope_id = :scope_id

-- query: signature_of_act
select g.strokes from authorisations.signature g where g.organisation_id = :organisation and g.authorisation_id = :authorisation_id

-- query: signature_of_scope
-- The newest act of a matter that was signed, and its strokes.
select a.authorisation_id::text, g.strokes
from authorisations.authorisation a
join authorisations.signature g on g.organisation_id = a.organisation_id and g.authorisation_id = a.authorisation_id
where a.organisation_id = :organisation and a.scope_id = :scope_id
order by a.seq desc limit 1

-- query: signature_at_reader
-- By what name the provider keeps the signature that was given at a card reader for the disputed payment.
select e.signature_file
from billing.dispute d
join billing.payment p on p.organisation_id = d.organisation_id and p.payment_id = d.payment_id and p.key_kind = 'payment_intent'
join billing.collection_attempt a on a.organisation_id = d.organisation_id and a.provider_intent_id = p.key
join billing.reader_end e on e.organisation_id = d.organisation_id and e.attempt_id = a.attempt_id and e.signature_file is not null
where d.organisation_id = :organisation and d.dispute_id = :dispute_id
order by e.request desc limit 1

-- query: dispute_answers
-- One dispute, or those that no bank has decided by when their evidence is due: how far the answer of each is.
select d.dispute_id, d.provider_dispute_id, d.customer_id, jsonb_build_object('amount', d.amount_minor, 'currency', d.currency), d.reason, s.status, s.about, due.due_by, d.opened_at,
  case when e.outcome is not null then e.outcome when a.dispute_id is not null then 'asked' else 'none' end, a.scope_id, a.asked_by, a.asked_at, e.ended_at,
  (select coalesce(jsonb_agg(jsonb_build_object('evidence_hash', encode(w.evidence_hash, 'hex'), 'written_at', w.written_at, 'submitted', exists (
        select from evidence.dispute_answer_end x where x.organisation_id = w.organisation_id and x.dispute_id = w.dispute_id and x.about = w.about and x.evidence_hash = w.evidence_hash),
      'about', w.about, 'fields', w.fields) order by w.about = 'chargeback', w.written_at, w.evidence_hash), '[]')
   from evidence.dispute_sending w where w.organisation_id = d.organisation_id and w.dispute_id = d.dispute_id)
from billing.dispute d
cross join lateral (
  select s.status, case when s.status like 'warning%' then 'inquiry' else 'chargeback' end as about
  from billing.dispute_step s where s.organisation_id = d.organisation_id and s.dispute_id = d.dispute_id order by s.step desc limit 1) s
cross join lateral (
  select (
    select s.due_by from billing.dispute_step s where s.organisation_id = d.organisation_id and s.dispute_id = d.dispute_id and s.due_by is not null
    order by s.step desc limit 1) as due_by) due
left join evidence.dispute_answer a on a.organisation_id = d.organisation_id and a.dispute_id = d.dispute_id and a.about = s.about
left join evidence.dispute_answer_end e on e.organisation_id = d.organisation_id and e.dispute_id = d.dispute_id and e.about = s.about
where d.organisation_id = :organisation and case when :dispute_id::uuid is null then s.status not in ('warning_closed', 'prevented', 'lost', 'won') else d.dispute_id = :dispute_id::uuid end
  and (coalesce(due.due_by, d.opened_at), d.dispute_id) > (:after_at::timestamptz, :after_id::uuid)
order by coalesce(due.due_by, d.opened_at), d.dispute_id limit :limit::int + 1

-- verb: answer_dispute
-- Asks for it once while the bank takes evidence, of an inquiry and of the chargeback that it became; the matter is that of the disputed invoice where it is one. Under the account's lock.
with dispute as (
  select d.dispute_id, d.payment_id, d.customer_id, d.currency, d.amount_minor, s.status, s.about, due.due_by
  from billing.dispute d
  cross join lateral (
    select s.status, case when s.status like 'warning%' then 'inquiry' else 'chargeback' end as about from billing.dispute_step s where s.organisation_id = :organisation::uuid and s.dispute_id = d.dispute_id order by s.step desc limit 1) s
  cross join lateral (
    select (
      select s.due_by from billing.dispute_step s where s.organisation_id = :organisation::uuid and s.dispute_id = d.dispute_id and s.due_by is not null
      order by s.step desc limit 1) as due_by) due
  where d.organisation_id = :organisation::uuid and d.dispute_id = :dispute_id::uuid limit 1),
known as (
  select a.scope_id, :scope_id::uuid is null or a.scope_id = :scope_id::uuid as same from dispute d
  cross join lateral (
    select a.scope_id from evidence.dispute_answer a where a.organisation_id = :organisation::uuid and a.dispute_id = :dispute_id::uuid and a.about = d.about limit 1) a),
billed as (
  select x.scope_id from dispute d
  cross join lateral (select p.invoice_id from billing.payment p where p.organisation_id = :organisation::uuid and p.payment_id = d.payment_id limit 1) p
  cross join lateral (select x.scope_id from billing.invoice_scope x where x.organisation_id = :organisation::uuid and x.invoice_id = p.invoice_id offset 0) x),
matter as (
  select s.scope_id from dispute d
  cross join lateral (
    select s.scope_id from authorisations.scope s
    where s.organisation_id = :organisation::uuid and s.scope_id = coalesce(:scope_id::uuid, (select min(scope_id::text)::uuid from billed having count(*) = 1))
      and s.customer_id = d.customer_id and s.currency = d.currency limit 1) s),
-- First of these that holds.
verdict as (
  select case
    when exists (select from known where same) then 'KNOWN'
    when exists (select from known) then 'DISPUTE_ANSWERED'
    when status not in ('needs_response', 'warning_needs_response') then 'DISPUTE_NOT_OPEN'
    when due_by <= :at::timestamptz then 'DISPUTE_TOO_LATE'
    when not exists (select from matter) then 'MATTER_UNCLEAR'
    else 'DONE' end as code
  from dispute),
asked as (
  insert into evidence.dispute_answer (organisation_id, dispute_id, about, customer_id, currency, amount_minor, scope_id, asked_by)
  select :organisation::uuid, d.dispute_id, d.about, d.customer_id, d.currency, d.amount_minor, m.scope_id, :actor::text
  from dispute d cross join matter m cross join verdict v where v.code = 'DONE'
  returning dispute_id, about, customer_id, scope_id),
happened as (
  select 'dispute_answer_asked' as kind, customer_id, 'dispute' as subject_kind, dispute_id as subject_id, jsonb_build_object('scope_id', scope_id, 'about', about) as body from asked),
wanted as (
  select md5('dispute_answer' || dispute_id || about)::uuid as task_id, 'send_dispute_evidence' as kind, dispute_id as subject_id, :at::timestamptz as due_at, '{}'::jsonb as body from asked),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('dispute_id', dispute_id, 'scope_id', scope_id) as body from asked
  union all
  select 200, null, jsonb_build_object('dispute_id', :dispute_id::uuid, 'scope_id', scope_id) from known, dispute where same
  union all
  select 409, code, '{}'::jsonb from verdict where code not in ('DONE', 'KNOWN'))

-- verb: write_dispute_sending
-- What is about to be sent. The same again is the same.
with answered as (
  select a.dispute_id, a.about from evidence.dispute_answer a where a.organisation_id = :organisation::uuid and a.dispute_id = :dispute_id::uuid and a.about = :about::text limit 1),
written as (
  insert into evidence.dispute_sending (organisation_id, dispute_id, about, evidence_hash, fields)
  select :organisation::uuid, dispute_id, about, :evidence_hash::bytea, :fields::jsonb from answered
  where not exists (
    select from evidence.dispute_sending s where s.organisation_id = :organisation::uuid and s.dispute_id = :dispute_id::uuid and s.about = :about::text and s.evidence_hash = :evidence_hash::bytea offset 0)),
happened as (
  select null::text as kind, null::uuid as customer_id, null::text as subject_kind, null::uuid as subject_id, null::jsonb as body where false),
answer as (select 200 as status, null::text as code, jsonb_build_object('dispute_id', dispute_id) as body from answered)

-- verb: end_dispute_answer
-- How it ended, once: what the provider says it has is what we wrote, or somebody else's. Of a chargeback what was submitted to its inquiry doesn't count: the one that put that under review, or of ours
-- the one whose hash the provider still names.
with answered as (
  select a.dispute_id, a.about, a.customer_id, exists (
      select from evidence.dispute_answer_end e where e.organisation_id = :organisation::uuid and e.dispute_id = a.dispute_id and e.about = a.about offset 0) as known
  from evidence.dispute_answer a where a.organisation_id = :organisation::uuid and a.dispute_id = :dispute_id::uuid and a.about = :about::text limit 1),
ours as (
  select s.evidence_hash from evidence.dispute_sending s
  where s.organisation_id = :organisation::uuid and s.dispute_id = :dispute_id::uuid and s.about = :about::text and s.evidence_hash = :evidence_hash::bytea limit 1),
of_inquiry as (
  select exists (
    select from billing.dispute_step s where s.organisation_id = :organisation::uuid and s.dispute_id = :dispute_id::uuid and s.status = 'warning_under_review' offset 0)
  or exists (
    select from evidence.dispute_sending s where s.organisation_id = :organisation::uuid and s.dispute_id = :dispute_id::uuid and s.about = 'inquiry' and s.evidence_hash = :evidence_hash::bytea offset 0) as submitted),
judged as (
  select a.dispute_id, a.about, :submissions::int <= case when a.about = 'chargeback' and i.submitted then 1 else 0 end as too_late from answered a cross join of_inquiry i where not a.known),
ended as (
  insert into evidence.dispute_answer_end (organisation_id, dispute_id, about, outcome, evidence_hash)
  select :organisation::uuid, dispute_id, about, case when too_late then 'too_late' when ours.evidence_hash is not null then 'submitted' else 'by_others' end,
    case when not too_late then ours.evidence_hash end
  from judged left join ours on true
  returning dispute_id, outcome, evidence_hash),
happened as (
  select 'dispute_answer_ended' as kind, a.customer_id, 'dispute' as subject_kind, a.dispute_id as subject_id,
         jsonb_build_object('outcome', outcome, 'evidence_hash', encode(evidence_hash, 'hex')) as body
  from ended join answered a using (dispute_id)),
answer as (select 200 as status, null::text as code, jsonb_build_object('dispute_id', dispute_id) as body from answered)

-- query: disputes_to_warn_of
-- Each whose evidence is to be sent, as that begins and as it comes near its end.
with asked as (select dispute_id from billing.dispute where organisation_id = :organisation),
-- include: evidence/due_disputes
select dispute_id from due_dispute order by due_by, dispute_id limit 500

-- verb: warn_of_dispute
-- Whoever answers disputes is mailed, once a crossing: it is in the task's id. Under the account's lock.
with asked as (select :dispute_id::uuid as dispute_id),
-- include: evidence/due_disputes
,
warned as (
  insert into evidence.dispute_warning (organisation_id, dispute_id, step, crossing)
  select :organisation::uuid, dispute_id, step, crossing from due_dispute),
happened as (
  select 'dispute_evidence_due' as kind, customer_id, 'dispute' as subject_kind, dispute_id as subject_id,
         jsonb_build_object('crossing', crossing, 'due_by', due_by) as body
  from due_dispute),
wanted as (
  select md5('dispute_due' || d.dispute_id || d.step || d.crossing || s.staff_id)::uuid as task_id, 'send_notice' as kind, d.dispute_id as subject_id, :at::timestamptz as due_at,
         jsonb_build_object('notice', 'dispute_due', 'staff_id', s.staff_id, 'crossing', d.crossing) as body
  from due_dispute d
  cross join lateral (
    select s.staff_id from identity.staff s where s.organisation_id = :organisation::uuid and s.active and s.roles && :tells::text[] offset 0) s),
answer as (select 200 as status, null::text as code, jsonb_build_object('dispute_id', dispute_id) as body from asked)
