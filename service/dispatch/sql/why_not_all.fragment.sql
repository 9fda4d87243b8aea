-- The rest of the rule where several go: input `a (crew_size, starts_at, ends_at, visit_id)` and `hands (technician_id)`, all who would go; an expression: why they can't, or null. Of those who go
-- along only the time is asked, and their rest.
case
  when (select count(*) from hands) <> a.crew_size or (select count(distinct h.technician_id) from hands h) <> a.crew_size then 'CREW_NOT_WHOLE'
  when a.crew_size = 1 then null
  when exists (
    select from hands h where not exists (
      select from dispatch.technician n where n.organisation_id = :organisation::uuid and n.technician_id = h.technician_id and n.active offset 0)) then 'TECHNICIAN_UNKNOWN'
  else (
    select min(h.code) from (
      select
-- include: dispatch/no_time
      as code from hands w join dispatch.technician t on t.organisation_id = :organisation::uuid and t.technician_id = w.technician_id) h)
end
