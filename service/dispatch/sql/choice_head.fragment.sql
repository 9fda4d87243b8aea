-- Input `:job_id`, and whose it has to be, `:customer_id` or `:partner_id`; output `head`: the job as its customer sees it, its visit to come if there is one, what they may choose, and what they have chosen so far.
head as (
  select j.job_id, j.kind, s.zone, s.address, p.to_state as job_state, v.visit_id, v.to_state as state, v.step, v.starts_at, v.arrive_until, v.expires_at,
    y.version as policy_version, y.days_ahead, y.hours_before, y.most_moves, y.earliest, y.latest, y.step_minutes, coalesce(c.number, 0) as number, coalesce(c.moves, 0) as moves,
    case when c.visit_id = l.visit_id then c.act end as last_act
  from dispatch.job j
  join customers.site s on s.organisation_id = j.organisation_id and s.customer_id = j.customer_id and s.site_id = j.site_id
  cross join lateral (select to_state from dispatch.job_step p where p.organisation_id = :organisation::uuid and p.job_id = j.job_id order by p.step desc limit 1) p
  left join lateral (
    select v.visit_id, t.to_state, t.step, t.starts_at, t.arrive_until,
      (select o.expires_at from dispatch.occupancy o where o.organisation_id = :organisation::uuid and o.visit_id = v.visit_id and o.member = 1) as expires_at
    from dispatch.visit v
    cross join lateral (select t.* from dispatch.visit_step t where t.organisation_id = :organisation::uuid and t.visit_id = v.visit_id order by t.step desc limit 1) t
    where v.organisation_id = :organisation::uuid and v.job_id = j.job_id and t.to_state in ('held', 'booked', 'dispatched', 'accepted', 'en_route', 'on_site', 'working', 'paused')
    order by t.to_state = 'held', t.starts_at, v.visit_id limit 1) v on true
  left join lateral (select y.* from dispatch.choice_policy y where y.organisation_id = :organisation::uuid order by y.version desc limit 1) y on true
  left join lateral (select c.number, c.moves, c.act, c.visit_id from dispatch.choice c where c.organisation_id = :organisation::uuid and c.job_id = j.job_id order by c.number desc limit 1) c on true
  left join lateral (select v.visit_id from dispatch.visit v where v.organisation_id = :organisation::uuid and v.job_id = j.job_id order by v.made_at desc, v.visit_id desc limit 1) l on true
  where j.organisation_id = :organisation::uuid and j.job_id = :job_id::uuid and case when :partner_id::uuid is null then j.customer_id = :customer_id::uuid
    else exists (select from dispatch.brought b where b.organisation_id = :organisation::uuid and b.job_id = j.job_id and b.partner_id = :partner_id::uuid) end)
