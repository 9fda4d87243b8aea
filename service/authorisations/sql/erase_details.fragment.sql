-- Erases the words, salts and drawn signatures behind the acts, and the questions with their replies, of `erasing (customer_id, contact_id)`, contact_id NULL meaning everybody of that customer; commitments and hashes stay.
-- Gives `erased_detail (authorisation_id)`.
erased_detail as (
  delete from authorisations.consent_detail d using erasing e, authorisations.authorisation a
  where d.organisation_id = :organisation::uuid and a.organisation_id = d.organisation_id and a.authorisation_id = d.authorisation_id
    and a.customer_id = e.customer_id and (e.contact_id is null or a.contact_id = e.contact_id)
  returning d.authorisation_id),
erased_signature as (
  delete from authorisations.signature g using erasing e, authorisations.authorisation a
  where g.organisation_id = :organisation::uuid and a.organisation_id = g.organisation_id and a.authorisation_id = g.authorisation_id
    and a.customer_id = e.customer_id and (e.contact_id is null or a.contact_id = e.contact_id)),
erasing_questions as (
  select q.question_id from erasing e join authorisations.question q on q.organisation_id = :organisation::uuid and q.customer_id = e.customer_id
  cross join lateral (
    select p.contact_id from authorisations.presentation p where p.organisation_id = :organisation::uuid and p.presentation_id = q.presentation_id limit 1) p
  where e.contact_id is null or p.contact_id = e.contact_id),
erased_reply as (
  delete from authorisations.question_reply r using erasing_questions e where r.organisation_id = :organisation::uuid and r.question_id = e.question_id),
erased_question as (
  delete from authorisations.question q using erasing_questions e where q.organisation_id = :organisation::uuid and q.question_id = e.question_id)
