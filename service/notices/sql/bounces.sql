-- verb: notice_bounced
-- What became of it after it was handed over, told by whoever carried it. About a way that isn't the present one, or that ended otherwise, nothing is written. A notice that
-- was given back is taken up again by the task that wanted it; one that was given back for good marks the address.
with notice as (
  select n.notice_id, n.kind, n.customer_id, s.step, s.to_state, s.sends, s.unknowns, s.way, s.channel, s.contact_id, s.contact_version
  from notices.notice n
  cross join lateral (select * from notices.notice_step s where s.organisation_id = n.organisation_id and s.notice_id = n.notice_id order by s.step desc limit 1) s
  where n.organisation_id = :organisation::uuid and n.notice_id = :notice_id::uuid),
moved as (
  insert into notices.notice_step (organisation_id, notice_id, step, from_state, to_state, sends, unknowns, way, channel, contact_id, contact_version, reason, recorded_at)
  select :organisation::uuid, notice_id, step + 1, to_state, :to_state::text, sends, unknowns, way, channel, contact_id, contact_version, :status::text, :at::timestamptz
  from notice where way = :way::int and to_state || ' ' || :to_state::text in ('unknown delivered', 'unknown bounced', 'handed_over delivered', 'handed_over bounced', 'delivered bounced')
  returning notice_id, to_state, channel, contact_id, contact_version),
marked as (
  insert into notices.dead_address (organisation_id, contact_id, contact_version, notice_id, status, told_at)
  select :organisation::uuid, contact_id, contact_version, notice_id, :status::text, :at::timestamptz from moved where to_state = 'bounced' and :lasting::boolean and contact_id is not null
  on conflict on constraint one_dead_address_a_version do nothing),
happened as (
  select 'notice_' || m.to_state as kind, n.customer_id, 'notice' as subject_kind, n.notice_id as subject_id,
         jsonb_strip_nulls(jsonb_build_object('notice', n.kind, 'reason', :status::text, 'channel', nullif(m.channel, 'email'))) as body
  from moved m join notice n using (notice_id)),
wanted as (
  select :task_id::uuid as task_id, t.kind, t.subject_id, :at::timestamptz as due_at, t.body || jsonb_build_object('notice_id', m.notice_id) as body
  from moved m join kit.task t on t.organisation_id = :organisation::uuid and t.task_id = m.notice_id where m.to_state = 'bounced'),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', n.notice_id, 'state', coalesce(m.to_state, n.to_state), 'changed', m.notice_id is not null) as body
  from notice n left join moved m using (notice_id))
