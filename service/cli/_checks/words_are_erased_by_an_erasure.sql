-- The words and the drawn signature behind an act are gone only where an erasure of that person took them, while nothing held them.
with gone as (
  select a.organisation_id, a.authorisation_id, a.customer_id, a.contact_id, a.recorded_at
  from authorisations.authorisation a
  where (a.authoriser_commitment is not null or a.contact_point_commitment is not null)
      and not exists (select from authorisations.consent_detail d where d.organisation_id = a.organisation_id and d.authorisation_id = a.authorisation_id)
    or a.signature_hash is not null
      and not exists (select from authorisations.signature g where g.organisation_id = a.organisation_id and g.authorisation_id = a.authorisation_id))
select a.organisation_id, a.authorisation_id::text as id, 'its words are gone, and no erasure took them' as detail from gone a
where not exists (select from evidence.erasure e where e.organisation_id = a.organisation_id and e.customer_id = a.customer_id
  and (e.contact_id is null or e.contact_id = a.contact_id) and e.erased_at >= a.recorded_at)
union all
select e.organisation_id, e.erasure_id::text, 'erased while a legal hold stood' from evidence.erasure e
join evidence.hold h on h.organisation_id = e.organisation_id and h.customer_id = e.customer_id and h.placed_at <= e.erased_at
where not exists (select from evidence.hold_release r where r.organisation_id = h.organisation_id and r.hold_id = h.hold_id and r.released_at <= e.erased_at)
order by 1, 2
