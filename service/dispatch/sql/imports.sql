-- query: staff_by_email
select email, staff_id from identity.staff where organisation_id = :organisation and email = any (:emails::text[])
