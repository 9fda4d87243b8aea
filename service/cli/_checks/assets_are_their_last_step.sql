-- An asset is what the last step of its history says.
select a.organisation_id, a.asset_id, 'differs from step ' || a.version || ' of its history'
from customers.asset a
left join customers.asset_step s on s.organisation_id = a.organisation_id and s.customer_id = a.customer_id and s.asset_id = a.asset_id and s.version = a.version
where (s.site_id, s.kind, s.name, s.serial) is distinct from (a.site_id, a.kind, a.name, a.serial)
  or exists (
    select from customers.asset_step l
    where l.organisation_id = a.organisation_id and l.customer_id = a.customer_id and l.asset_id = a.asset_id and l.version > a.version)
order by 1, 2
