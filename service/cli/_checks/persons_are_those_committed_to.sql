-- The words kept for an act, as long as they are kept, are those that its commitments are of.
select d.organisation_id, d.authorisation_id::text as id, 'the words kept apart are not those that were committed to' as detail
from authorisations.consent_detail d
join authorisations.authorisation a on a.organisation_id = d.organisation_id and a.authorisation_id = d.authorisation_id
where d.authoriser_name is not null
    and sha256(convert_to('sayso/commitment/1' || chr(10), 'UTF8') || d.salt || convert_to(normalize(d.authoriser_name, NFC), 'UTF8')) is distinct from a.authoriser_commitment
  or d.contact_point is not null
    and sha256(convert_to('sayso/commitment/1' || chr(10), 'UTF8') || d.salt || convert_to(normalize(d.contact_point, NFC), 'UTF8')) is distinct from a.contact_point_commitment
order by 1, 2
