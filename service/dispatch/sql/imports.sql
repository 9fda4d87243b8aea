-- query: technicians_by_email
select s.email, s.staff_id
from identity.staff s join dispatch.technician t on t.organisation_id = s.organisation_id and t.technician_id = s.staff_id
where s.organisation_id = :organisation and s.email = any (:emails::text[])

-- query: shifts_of_technicians
select technician_id, on_day, starts_wall, ends_wall from dispatch.shift
where organisation_id = :organisation and technician_id = any (:technician_ids::uuid[]) and on_day >= :from_on::date and on_day < :until_on::date

-- query: staff_by_email
select email, staff_id from identity.staff where organisation_id = :organisation and email = any (:emails::text[])
