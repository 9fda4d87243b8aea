-- verb: open_reach
-- Every way that needs nobody has failed: a person is to reach them by then. Once a notice.
with opened as (
  insert into notices.reach (organisation_id, notice_id, customer_id, due_at, opened_at)
  select :organisation::uuid, n.notice_id, n.customer_id, greatest(:due_at::timestamptz, :at::timestamptz), :at::timestamptz
  from notices.notice n where n.organisation_id = :organisation::uuid and n.notice_id = :notice_id::uuid and n.customer_id is not null
  on conflict on constraint one_reach_a_notice do nothing
  returning notice_id, customer_id, due_at),
listed as (insert into notices.open_reach (organisation_id, notice_id, due_at) select :organisation::uuid, notice_id, due_at from opened),
happened as (
  select 'reach_wanted' as kind, o.customer_id, 'notice' as subject_kind, o.notice_id as subject_id, jsonb_build_object('notice', n.kind, 'due_at', o.due_at) as body
  from opened o join notices.notice n on n.organisation_id = :organisation::uuid and n.notice_id = o.notice_id),
answer as (select 200 as status, null::text as code, jsonb_build_object('opened', (select count(*) from opened)) as body)

-- verb: end_reach
-- By a word that reached them, or since there is nothing to tell any more; again it answers how it ended.
with asked as (
  select r.notice_id, r.customer_id, n.kind,
    (select e.outcome from notices.reach_ending e where e.organisation_id = :organisation::uuid and e.notice_id = r.notice_id) as outcome
  from notices.reach r join notices.notice n on n.organisation_id = r.organisation_id and n.notice_id = r.notice_id
  where r.organisation_id = :organisation::uuid and r.notice_id = :notice_id::uuid),
ended as (
  insert into notices.reach_ending (organisation_id, notice_id, outcome, message_id, ended_by, ended_at)
  select :organisation::uuid, notice_id, :outcome::text, :message_id::uuid, :actor::text, :at::timestamptz from asked where outcome is null
  returning notice_id, outcome),
taken_off as (delete from notices.open_reach o using ended e where o.organisation_id = :organisation::uuid and o.notice_id = e.notice_id),
happened as (
  select case e.outcome when 'reached' then 'reach_done' else 'reach_ended' end as kind, a.customer_id, 'notice' as subject_kind, a.notice_id as subject_id,
         jsonb_strip_nulls(jsonb_build_object('notice', a.kind, 'message_id', :message_id::uuid, 'reason', :reason::text)) as body
  from ended e join asked a using (notice_id)),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', a.notice_id, 'state', coalesce(a.outcome, e.outcome)) as body
  from asked a left join ended e using (notice_id))

-- query: list_reaches
-- What is due first comes first; each with what was tried and every way that is left to a person.
select r.notice_id, r.customer_id, c.name, n.kind, n.subject_kind, n.subject_id, r.due_at, r.due_at <= :at, r.opened_at, s.to_state, s.reason, c.zone,
  (select coalesce(jsonb_agg(jsonb_build_object('id', k.contact_id, 'name', k.name, 'channel', k.channel, 'address', k.address,
      'tried', exists (select from notices.notice_step t where t.organisation_id = k.organisation_id and t.notice_id = r.notice_id and t.contact_id = k.contact_id))
      order by k.channel = 'phone' desc, k.contact_id), '[]'::jsonb)
   from customers.contact k where k.organisation_id = r.organisation_id and k.customer_id = r.customer_id),
  (select coalesce(jsonb_agg(jsonb_build_object('address', x.address, 'access_notes', x.access_notes) order by x.site_id), '[]'::jsonb)
   from customers.site x where x.organisation_id = r.organisation_id and x.customer_id = r.customer_id)
from notices.open_reach o
join notices.reach r on r.organisation_id = o.organisation_id and r.notice_id = o.notice_id
join notices.notice n on n.organisation_id = o.organisation_id and n.notice_id = o.notice_id
join customers.customer c on c.organisation_id = r.organisation_id and c.customer_id = r.customer_id
cross join lateral (
  select to_state, reason from notices.notice_step s where s.organisation_id = o.organisation_id and s.notice_id = o.notice_id order by step desc limit 1) s
where o.organisation_id = :organisation and (o.due_at, o.notice_id) > (:after_at::timestamptz, :after_id::uuid) and (:customer_id::uuid is null or r.customer_id = :customer_id)
order by o.due_at, o.notice_id limit :limit + 1

-- query: find_reach
select r.notice_id, r.customer_id, n.kind, coalesce(e.outcome, 'open')
from notices.reach r
join notices.notice n on n.organisation_id = r.organisation_id and n.notice_id = r.notice_id
left join notices.reach_ending e on e.organisation_id = r.organisation_id and e.notice_id = r.notice_id
where r.organisation_id = :organisation and r.notice_id = :notice_id

-- query: reaches_to_judge
-- Each open one with the task that wanted its notice, by which it is judged anew.
select o.notice_id, t.kind, t.subject_id, t.body
from notices.open_reach o
join kit.task t on t.organisation_id = o.organisation_id and t.task_id = o.notice_id
where o.organisation_id = :organisation and o.notice_id > :after order by o.notice_id limit 200
