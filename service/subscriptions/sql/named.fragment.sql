-- In: parameters :site_ids and :subscription_ids. Out: asked, each in its order; named, those of them that there are.
asked as (
  select t.id, t.position::int as position, t.kind from (
    select u.id, 'site' as kind, u.position from unnest(:site_ids::uuid[]) with ordinality u (id, position)
    union all
    select u.id, 'subscription', u.position + cardinality(:site_ids::uuid[]) from unnest(:subscription_ids::uuid[]) with ordinality u (id, position)) t),
named as (
  select a.position, s.customer_id, s.site_id, null::uuid as subscription_id from asked a
  cross join lateral (select t.* from customers.site t where t.organisation_id = :organisation::uuid and t.site_id = a.id limit 1) s where a.kind = 'site'
  union all
  select a.position, s.customer_id, null, s.subscription_id from asked a
  cross join lateral (
    select t.* from subscriptions.subscription t where t.organisation_id = :organisation::uuid and t.subscription_id = a.id limit 1) s where a.kind = 'subscription')
