-- Input `:case_id`; output `file`: the case, how it stands, and into which it was merged.
file as (
  select f.case_id, f.customer_id, f.contact_id, f.channel, l.state, l.waiting, l.other_case_id
  from care.case_file f
  cross join lateral (
    select s.state, s.waiting, s.other_case_id from care.case_step s where s.organisation_id = :organisation::uuid and s.case_id = f.case_id order by s.step desc limit 1) l
  where f.organisation_id = :organisation::uuid and f.case_id = :case_id::uuid)
