-- Gives `told_incidents`: incidents as they are told, with their corners, what was named and how they ended.
told_incidents as (
  select i.incident_id, i.what, i.kind, (
      select jsonb_agg(jsonb_build_object('longitude_e7', (c.corner -> 0)::bigint, 'latitude_e7', (c.corner -> 1)::bigint) order by c.position)
      from jsonb_array_elements(translate(i.area::text, '()', '[]')::jsonb) with ordinality c (corner, position)) as area,
    array(select r.site_id from subscriptions.incident_reach r where r.organisation_id = :organisation and r.incident_id = i.incident_id and r.site_id is not null order by r.position) as site_ids,
    array(select r.subscription_id from subscriptions.incident_reach r
      where r.organisation_id = :organisation and r.incident_id = i.incident_id and r.subscription_id is not null order by r.position) as subscription_ids, i.tags, i.symptoms, i.is_public,
    i.begins_at, i.until_at, i.declared_by, i.declared_at, e.closed_at, e.closed_by, coalesce((
      select jsonb_agg(jsonb_build_object('until_before', m.until_before, 'until_at', m.until_at, 'reason', m.reason, 'moved_by', m.moved_by, 'moved_at', m.moved_at) order by m.step)
      from subscriptions.incident_estimate m where m.organisation_id = :organisation and m.incident_id = i.incident_id), '[]'::jsonb) as estimates,
    x.words as explanation, x.said_at as explained_at
  from subscriptions.incident i
  left join subscriptions.incident_end e on e.organisation_id = i.organisation_id and e.incident_id = i.incident_id
  left join lateral (
    select x.words, x.said_at from subscriptions.incident_explanation x where x.organisation_id = :organisation and x.incident_id = i.incident_id order by x.step desc limit 1) x on true
  where i.organisation_id = :organisation)
