-- Input `v (visit_id)`; an expression: the incidents that the visit waits for, the one that is over last behind the others.
(select coalesce(jsonb_agg(jsonb_build_object('incident_id', i.incident_id, 'what', i.what, 'until_at', i.until_at) order by i.until_at, i.incident_id), '[]'::jsonb)
 from dispatch.waiting_visit w join subscriptions.incident i on i.organisation_id = w.organisation_id and i.incident_id = w.incident_id
 where w.organisation_id = :organisation and w.visit_id = v.visit_id)
