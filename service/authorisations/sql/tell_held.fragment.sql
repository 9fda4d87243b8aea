-- Who hears that an approval is held because its contact was changed a short while ago: whoever it came from, who may agree and has been known for longer, and the
-- addresses they were reached at in the day before; one mail an address. Needs `act` and `chosen`; gives `held_told` and
-- `held_tasks (task_id, kind, subject_id, due_at, body)`, to be `wanted`.
held as (select * from act where shortcoming = 'CONTACT_CHANGE_UNCONFIRMED' and exists (select from chosen where verdict = 'approved')),
held_to as (
  select a.authorisation_id, a.customer_id, c.contact_id, null::int as former_version, lower(c.address) as address, case c.contact_id when a.contact_id then 1 else 2 end as rank
  from held a join customers.contact c on c.organisation_id = :organisation::uuid and c.customer_id = a.customer_id and c.channel = 'email'
  cross join lateral (select r.founding or r.since <= kit.recorded_now() - interval '24 hours' as settled from customers.contact_reach r
    where r.organisation_id = :organisation::uuid and r.customer_id = a.customer_id and r.contact_id = c.contact_id order by r.version desc limit 1) r
  where c.contact_id = a.contact_id or c.may_authorise and r.settled
  union all
  select a.authorisation_id, a.customer_id, f.contact_id, f.version, lower(f.address), 3
  from held a join customers.former_address f on f.organisation_id = :organisation::uuid and f.customer_id = a.customer_id and f.contact_id = a.contact_id and f.channel = 'email'
  where f.replaced_at > kit.recorded_now() - interval '24 hours'),
held_told as (select distinct on (address) * from held_to order by address, rank, contact_id, former_version),
held_tasks as (
  select md5('approval_held' || authorisation_id || contact_id || coalesce(former_version::text, ''))::uuid as task_id, 'send_notice' as kind, authorisation_id as subject_id,
    :at::timestamptz as due_at, jsonb_build_object('notice', 'approval_held', 'customer_id', customer_id, 'contact_id', contact_id, 'former_version', former_version) as body
  from held_told)
