-- In: `person` with customer_id. Out: in_incident, the incidents under way that reach a service of theirs which hasn't ended.
running as (
  select i.* from subscriptions.incident i
  where i.organisation_id = :organisation and i.until_at > :at::timestamptz and i.begins_at <= :at::timestamptz
    and not exists (select from subscriptions.incident_end e where e.organisation_id = i.organisation_id and e.incident_id = i.incident_id offset 0)),
in_incident as (
  select distinct p.customer_id, r.incident_id, r.what, r.begins_at, r.until_at
  from running r cross join person p
  cross join lateral (
    select s.subscription_id, s.site_id from subscriptions.subscription s where s.organisation_id = :organisation and s.customer_id = p.customer_id offset 0) s
  cross join lateral (
    select t.to_state from subscriptions.subscription_step t
    where t.organisation_id = :organisation and t.subscription_id = s.subscription_id order by t.step desc limit 1) h
  left join lateral (
    select t.longitude_e7, t.latitude_e7 from customers.site t
    where t.organisation_id = :organisation and t.customer_id = p.customer_id and t.site_id = s.site_id limit 1) l on true
  where h.to_state <> 'ended' and (coalesce(r.area @> point(l.longitude_e7, l.latitude_e7), false) or r.tags <> '{}' and exists (
        select from subscriptions.subscription_tag g where g.organisation_id = :organisation and g.subscription_id = s.subscription_id and g.tag = any (r.tags) offset 0)
      or exists (
      select from subscriptions.incident_reach a
      where a.organisation_id = :organisation and a.incident_id = r.incident_id and a.customer_id = p.customer_id and s.site_id = coalesce(a.site_id, s.site_id)
        and s.subscription_id = coalesce(a.subscription_id, s.subscription_id) offset 0)))
