-- query: matters_of_person
-- The matters that a person acted in or was shown something of (all of the customer's where no contact is named, one where a scope is), where they were ever told to be,
-- and when the last of each was.
select array[p.jurisdiction, s.site_jurisdiction, coalesce(t.jurisdiction, 'ZZ')], p.trade, array[s.site_zone, coalesce(t.zone, s.site_zone)], greatest(s.opened_at,
  (select max(a.recorded_at) from authorisations.authorisation a where a.organisation_id = s.organisation_id and a.scope_id = s.scope_id),
  (select max(w.ended_at) from authorisations.work_record w where w.organisation_id = s.organisation_id and w.scope_id = s.scope_id),
  (select max(f.recorded_at) from authorisations.photo f where f.organisation_id = s.organisation_id and f.scope_id = s.scope_id),
  (select max(i.issued_at) from billing.invoice_scope x join billing.invoice i on i.organisation_id = x.organisation_id and i.invoice_id = x.invoice_id
   where x.organisation_id = s.organisation_id and x.scope_id = s.scope_id),
  (select max(n.issued_at) from billing.invoice_scope x join billing.credit_note n on n.organisation_id = x.organisation_id and n.invoice_id = x.invoice_id
   where x.organisation_id = s.organisation_id and x.scope_id = s.scope_id))
from authorisations.scope s
join authorisations.policy p on p.organisation_id = s.organisation_id and p.policy_name = s.policy_name and p.policy_version = s.policy_version
left join dispatch.job j on j.organisation_id = s.organisation_id and j.scope_id = s.scope_id
left join subscriptions.subscription u on u.organisation_id = s.organisation_id and u.scope_id = s.scope_id
left join customers.site t on t.organisation_id = s.organisation_id and t.customer_id = s.customer_id and t.site_id = coalesce(j.site_id, u.site_id)
where s.organisation_id = :organisation and s.customer_id = :customer_id::uuid and (:scope_id::uuid is null or s.scope_id = :scope_id::uuid) and (:contact_id::uuid is null
  or exists (select from authorisations.authorisation a where a.organisation_id = s.organisation_id and a.scope_id = s.scope_id and a.contact_id = :contact_id::uuid)
  or exists (select from authorisations.presentation p where p.organisation_id = s.organisation_id and p.scope_id = s.scope_id and p.contact_id = :contact_id::uuid))

-- query: matter_of_photo
select p.scope_id, p.customer_id from authorisations.photo p where p.organisation_id = :organisation and p.photo_id = :photo_id

-- verb: erase_person
-- Words and salts go, commitments stay: every hash and proof is as it was. Refused while something is open, and before the legal minimum is over.
with person as (
  select c.customer_id, :contact_id::uuid as contact_id from customers.customer c
  where c.organisation_id = :organisation and c.customer_id = :customer_id::uuid and (:contact_id::uuid is null or exists (
    select from customers.contact t where t.organisation_id = c.organisation_id and t.customer_id = c.customer_id and t.contact_id = :contact_id::uuid))),
known as (
  select e.*, (e.customer_id, e.contact_id) is not distinct from (:customer_id::uuid, :contact_id::uuid) as same
  from evidence.erasure e where e.organisation_id = :organisation and e.erasure_id = :erasure_id::uuid),
-- all that was ever shown to anybody of that customer
shown as (
  select x.* from person p join authorisations.scope s on s.organisation_id = :organisation and s.customer_id = p.customer_id
  join authorisations.offer o on o.organisation_id = :organisation and o.scope_id = s.scope_id
  cross join lateral (select x.* from authorisations.presentation x where x.organisation_id = :organisation and x.offer_id = o.offer_id offset 0) x),
-- the person's `own` are those that they acted in or were shown something of
matter as (
  select s.scope_id, p.contact_id is null
    or exists (select from authorisations.authorisation a where a.organisation_id = s.organisation_id and a.scope_id = s.scope_id and a.contact_id = p.contact_id offset 0)
    or exists (select from shown x where x.scope_id = s.scope_id and x.contact_id = p.contact_id) as own
  from person p join authorisations.scope s on s.organisation_id = :organisation and s.customer_id = p.customer_id),
running as (
  select 'open_job' as reason, m.own from matter m join dispatch.job j on j.organisation_id = :organisation and j.scope_id = m.scope_id
  cross join lateral (select t.to_state from dispatch.job_step t where t.organisation_id = j.organisation_id and t.job_id = j.job_id order by t.step desc limit 1) last
  where last.to_state not in ('closed', 'cancelled')
  union all
  select 'open_series', p.contact_id is null from person p join dispatch.visit_series v on v.organisation_id = :organisation and v.customer_id = p.customer_id
  cross join lateral (select t.to_state from dispatch.series_step t where t.organisation_id = v.organisation_id and t.series_id = v.series_id order by t.step desc limit 1) last
  where last.to_state <> 'ended'
  union all
  select 'open_subscription', m.own from matter m join subscriptions.subscription u on u.organisation_id = :organisation and u.scope_id = m.scope_id
  cross join lateral (select t.to_state from subscriptions.subscription_step t
    where t.organisation_id = u.organisation_id and t.subscription_id = u.subscription_id order by t.step desc limit 1) last
  where last.to_state <> 'ended'
  union all
  select 'open_showing', x.contact_id = coalesce(p.contact_id, x.contact_id) from person p cross join shown x
  where x.expires_at > :at
    and not exists (select from authorisations.authorisation a where a.organisation_id = x.organisation_id and a.presentation_id = x.presentation_id)
    and not exists (select from authorisations.offer_revision r where r.organisation_id = x.organisation_id and r.offer_id = x.offer_id and r.revision > x.revision)
  union all
  select 'unbilled_work', m.own from matter m join authorisations.capacity_item k on k.organisation_id = :organisation and k.scope_id = m.scope_id
  cross join lateral (select t.granted_after, t.performed_after, t.billed_after from authorisations.capacity t
    where t.organisation_id = k.organisation_id and t.item_id = k.item_id order by t.item_seq desc limit 1) last
  where least(last.granted_after, last.performed_after) > last.billed_after),
-- include: evidence/claims
,
held as (select reason from running where own union all select reason from claim),
verdict as (
  select case when exists (select from known) then case when (select same from known) then 'KNOWN' else 'ID_TAKEN' end
    when exists (select from held) then 'LEGAL_HOLD'
    when :kept_until::timestamptz > :at then 'RETENTION' end as code
  from person),
-- the `last` of a customer's people: nobody else is kept, nothing goes on and no law wants any of the customer's matters kept
erasing as (
  select p.customer_id, p.contact_id, not exists (select from running) and coalesce(:all_kept_until::timestamptz <= :at, true)
    and (p.contact_id is null or not exists (select from customers.contact t where t.organisation_id = :organisation and t.customer_id = p.customer_id
      and t.contact_id <> p.contact_id and (t.name, t.address) <> ('Erased', 'Erased'))) as last
  from person p cross join verdict v where v.code is null),
-- include: authorisations/erase_details
,
-- whom a photo shows isn't known: the pictures go where all of a customer's people do at once
erasing_photos as (
  select p.photo_id from erasing e join authorisations.photo p on p.organisation_id = :organisation and p.customer_id = e.customer_id
  where e.contact_id is null),
-- include: authorisations/erase_photos
,
-- whom papers tell as they were then: the law wants those kept as long as the papers
cited_version as (
  select i.customer_version as version from erasing e join billing.invoice i on i.organisation_id = :organisation and i.customer_id = e.customer_id
  union
  select n.customer_version from erasing e join billing.credit_note n on n.organisation_id = :organisation and n.customer_id = e.customer_id),
-- include: customers/erase_contacts
,
-- nor where who came to them was
unseen as (select e.customer_id from erasing e where e.contact_id is null or e.last),
-- include: dispatch/forget_positions
,
-- nor whose card it is: what was saved goes likewise, at the provider too
method as (
  select m.method_id, m.customer_id, t.step, t.live
  from erasing e join billing.saved_method m on m.organisation_id = :organisation and m.customer_id = e.customer_id
  cross join lateral (
    select t.* from billing.saved_method_step t where t.organisation_id = m.organisation_id and t.method_id = m.method_id order by t.step desc limit 1) t
  where e.contact_id is null),
-- include: billing/end_methods
,
-- include: billing/forget_methods
,
-- and nobody is told any more when somebody comes to a customer of whom nobody is left
ending as (select e.customer_id as feed_of from erasing e where e.contact_id is null or e.last),
-- include: identity/end_feeds
,
-- nor what was promised to them in people's own words
ending_words as (select e.customer_id as words_of from erasing e where e.contact_id is null or e.last),
-- include: promises/forget_wording
,
-- include: identity/end_choices
,
ending_portals as (select customer_id, case when not last then contact_id end as contact_id from erasing),
-- include: identity/end_portals
,
erased as (
  insert into evidence.erasure (organisation_id, erasure_id, customer_id, contact_id, last, kept_until, acts, contacts, photos, erased_by)
  select :organisation, :erasure_id::uuid, customer_id, contact_id, last, coalesce(:kept_until::timestamptz, '-infinity'), (select count(*) from erased_detail),
    (select count(*) from erased_contact), (select count(*) from erased_photo), :actor
  from erasing
  returning erasure_id, customer_id, contact_id, acts, contacts, photos, last),
happened as (
  select 'person_erased' as kind, customer_id, 'erasure' as subject_kind, erasure_id as subject_id,
    jsonb_build_object('contact_id', contact_id, 'acts', acts, 'contacts', contacts, 'photos', photos) as body from erased
  union all
  select kind, customer_id, subject_kind, subject_id, body from method_facts),
wanted as (
  select task_id, kind, subject_id, due_at, body from method_tasks
  union all
  select md5('forget_messages' || erasure_id)::uuid, 'forget_messages', customer_id, :at::timestamptz, jsonb_build_object('contact_id', contact_id, 'last', last) from erased),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', erasure_id, 'acts', acts, 'contacts', contacts, 'photos', photos) as body from erased
  union all select 200, null, jsonb_build_object('id', erasure_id, 'acts', acts, 'contacts', contacts, 'photos', photos) from known where same
  union all select 409, code, case code
      when 'LEGAL_HOLD' then jsonb_build_object('holds', (select jsonb_agg(distinct reason) from held))
      when 'RETENTION' then jsonb_build_object('place', :place::text, 'citation', :citation::text,
        'kept_until', to_char(:kept_until::timestamptz at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) else '{}'::jsonb end
  from verdict where code <> 'KNOWN')

-- verb: erase_photo
-- One picture goes, its hash stays: not while something is claimed or before the legal minimum is over, but while work goes on. Again answers the same.
with person as (
  select p.photo_id, p.scope_id, p.customer_id from authorisations.photo p
  where p.organisation_id = :organisation and p.photo_id = :photo_id::uuid),
-- include: evidence/claims
,
verdict as (
  select case when not exists (select from authorisations.photo_content c where c.organisation_id = :organisation and c.photo_id = p.photo_id) then 'KNOWN'
    when exists (select from claim) then 'LEGAL_HOLD'
    when :kept_until::timestamptz > :at then 'RETENTION' end as code
  from person p),
erasing_photos as (select p.photo_id from person p cross join verdict v where v.code is null),
-- include: authorisations/erase_photos
,
happened as (
  select 'photo_erased' as kind, p.customer_id, 'photo' as subject_kind, p.photo_id as subject_id, jsonb_build_object('scope_id', p.scope_id) as body
  from erased_photo join person p using (photo_id)),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', photo_id) as body from erased_photo
  union all select case code when 'KNOWN' then 200 else 409 end, nullif(code, 'KNOWN'), case code
      when 'LEGAL_HOLD' then jsonb_build_object('holds', (select jsonb_agg(distinct reason) from claim))
      when 'RETENTION' then jsonb_build_object('place', :place::text, 'citation', :citation::text,
        'kept_until', to_char(:kept_until::timestamptz at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
      else jsonb_build_object('id', :photo_id::uuid) end
  from verdict where code is not null)

-- verb: place_hold
with customer as (select customer_id from customers.customer where organisation_id = :organisation and customer_id = :customer_id::uuid),
known as (
  select h.hold_id, (h.customer_id, h.reason) = (:customer_id::uuid, :reason::text) as same from evidence.hold h
  where h.organisation_id = :organisation and h.hold_id = :hold_id::uuid),
placed as (
  insert into evidence.hold (organisation_id, hold_id, customer_id, reason, placed_by)
  select :organisation, :hold_id::uuid, customer_id, :reason::text, :actor from customer where not exists (select from known)
  returning hold_id, customer_id, reason),
happened as (
  select 'legal_hold_placed' as kind, customer_id, 'legal_hold' as subject_kind, hold_id as subject_id, jsonb_build_object('reason', reason) as body from placed),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', hold_id) as body from placed
  union all select case when same then 200 else 409 end, case when not same then 'ID_TAKEN' end, case when same then jsonb_build_object('id', hold_id) else '{}'::jsonb end
  from known cross join customer)

-- verb: release_hold
-- Once; again answers the same.
with hold as (select h.hold_id, h.customer_id from evidence.hold h where h.organisation_id = :organisation and h.hold_id = :hold_id::uuid),
released as (
  insert into evidence.hold_release (organisation_id, hold_id, released_by)
  select :organisation, hold_id, :actor from hold h
  where not exists (select from evidence.hold_release r where r.organisation_id = :organisation and r.hold_id = h.hold_id)
  returning hold_id),
happened as (
  select 'legal_hold_released' as kind, h.customer_id, 'legal_hold' as subject_kind, h.hold_id as subject_id, '{}'::jsonb as body from released join hold h using (hold_id)),
answer as (
  select case when exists (select from released) then 201 else 200 end as status, null::text as code, jsonb_build_object('id', hold_id) as body from hold)
