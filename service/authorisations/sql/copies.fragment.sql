-- A copy of what staff had a hand in, by word of mouth or on a phone handed over, goes to whoever is named and to all who may agree: a consent that nobody gave
-- is heard of at once. Whose address hears that it is held has its copy in that mail. Needs `act` and `held_told`; gives
-- `copy_tasks (task_id, kind, subject_id, due_at, body)`, to be `wanted`. What was said and reaches no address is told to staff by the failed notice.
copied_to as (
  select c.contact_id from act a join customers.contact c on c.organisation_id = :organisation::uuid and c.customer_id = a.customer_id and c.channel = 'email'
    and (c.contact_id = a.contact_id or c.may_authorise)
  where a.channel <> 'link' and lower(c.address) not in (select address from held_told)),
copy_tasks as (
  select md5('consent_copy' || a.authorisation_id || coalesce(c.contact_id::text, ''))::uuid as task_id, 'send_notice' as kind, a.authorisation_id as subject_id,
    :at::timestamptz as due_at, jsonb_build_object('notice', 'consent_copy', 'customer_id', a.customer_id, 'contact_id', c.contact_id) as body
  from act a left join copied_to c on true
  where c.contact_id is not null or a.channel in ('oral_phone', 'oral_in_person') and not exists (select from held_told where former_version is null))
