-- verb: record_work
-- What was done, kept whatever the time of consent; what isn't covered is evidence and says why. All records of one call or none.
with asked as (
  select row_number() over () as ord, r.* from jsonb_to_recordset(:records::jsonb) as r (work_record_id uuid, item_id uuid, quantity_numerator bigint, quantity_denominator bigint,
    unit text, started_at timestamptz, ended_at timestamptz, staff_id uuid, visit_id uuid, note text, emergency text, photos uuid[])),
cited as (
  select q.*, o.scope_id, o.denominator, o.recurring, o.unit as item_unit, o.conversions, s.customer_id, s.consent_deadline,
    q.quantity_numerator::numeric * coalesce((o.conversions -> q.unit ->> 0)::bigint, 1) * o.denominator as tick_numerator,
    q.quantity_denominator::numeric * coalesce((o.conversions -> q.unit ->> 1)::bigint, 1) as tick_denominator
  from asked q
  cross join lateral (select o.* from authorisations.offer_item o where o.organisation_id = :organisation and o.item_id = q.item_id limit 1) o
  cross join lateral (select s.* from authorisations.scope s where s.organisation_id = :organisation and s.scope_id = o.scope_id limit 1) s),
fits as (
  select *, div(tick_numerator, tick_denominator) as done_ticks,
    case when recurring then 'ITEM_IS_SUPPLIED'
      when coalesce(unit, item_unit) <> item_unit and not conversions ? unit then 'UNIT_MISMATCH'
      when tick_numerator % tick_denominator <> 0 or tick_numerator > 1000000000000000 * tick_denominator then 'UNIT_MISMATCH' end as code
  from cited),
-- the same work told again, be it in another of the item's units, is the record there is
known as (
  select f.ord, w.*, (w.item_id, w.started_at, w.ended_at, w.corrects, w.staff_id, w.visit_id, w.note, w.emergency)
      is not distinct from (f.item_id, f.started_at, f.ended_at, null::uuid, f.staff_id, f.visit_id, f.note, f.emergency)
    and f.code is null and w.ticks = f.done_ticks
    and f.photos = array(select c.photo_id from authorisations.work_photo c where c.organisation_id = w.organisation_id and c.work_record_id = w.work_record_id order by c.position) as same
  from fits f cross join lateral (
    select w.* from authorisations.work_record w where w.organisation_id = :organisation and w.work_record_id = f.work_record_id limit 1) w),
pictured as (
  select f.ord, f.work_record_id, f.scope_id, u.position, u.photo_id, p.photo_hash
  from fits f cross join unnest(f.photos) with ordinality u (photo_id, position)
  left join lateral (
    select p.photo_hash from authorisations.photo p where p.organisation_id = :organisation and p.photo_id = u.photo_id and p.scope_id = f.scope_id limit 1) p on true),
refused as (
  select ord, 'ID_TAKEN' as code from known where not same
  union all select ord, code from fits where code is not null and ord not in (select ord from known)
  union all select ord, 'PHOTO_NOT_FOUND' from pictured group by ord having count(distinct photo_id) filter (where photo_hash is not null) < count(*)),
complete as (select 1 where (select count(*) from cited) = (select count(*) from asked)),
passes as (select 1 from complete where not exists (select from refused)),
terms as (
  select f.ord, k.*, a.consented_at, t.revoked_after, v.complete_by,
    (select r.kind from authorisations.capacity c join authorisations.authorisation r on r.organisation_id = c.organisation_id and r.authorisation_id = c.subject
     where c.organisation_id = k.organisation_id and c.item_id = k.item_id and c.kind = 'revoke' order by c.item_seq desc limit 1) as ended_by
  from fits f
  cross join lateral (select k.* from authorisations.capacity_item k where k.organisation_id = :organisation and k.item_id = f.item_id limit 1) k
  cross join lateral (select a.* from authorisations.authorisation a where a.organisation_id = :organisation and a.authorisation_id = k.authorisation_id limit 1) a
  cross join lateral (
    select v.complete_by from authorisations.offer_revision v where v.organisation_id = :organisation and v.offer_id = k.offer_id and v.revision = k.revision limit 1) v
  cross join lateral (select t.revoked_after from authorisations.capacity t where t.organisation_id = k.organisation_id and t.item_id = k.item_id order by t.item_seq desc limit 1) t),
found as (
  select f.ord, case when t.item_id is null then coalesce(
        (select case when v.verdict = 'declined' then 'AUTH_DECLINED' else a.shortcoming end
         from authorisations.authorisation_item v join authorisations.authorisation a on a.organisation_id = v.organisation_id and a.authorisation_id = v.authorisation_id
         where v.organisation_id = :organisation and v.item_id = f.item_id order by a.seq desc limit 1),
        case when f.emergency is not null then 'EMERGENCY_NO_STANDING_AUTH' end, 'NO_EXPRESS_CONSENT')
      when t.authorised_at > authorisations.deadline(f.consent_deadline, f.started_at, f.ended_at) then
        case when t.consented_at <= authorisations.deadline(f.consent_deadline, f.started_at, f.ended_at) then 'AUTH_BACKDATED' else 'WORK_BEFORE_AUTH' end
      when f.started_at >= t.revoked_after then case t.ended_by when 'revocation' then 'AUTH_REVOKED' else 'AUTH_SUPERSEDED' end
      when f.started_at > t.valid_until then 'AUTH_EXPIRED' end as finding
  from fits f left join terms t using (ord)),
recorded as (
  insert into authorisations.work_record (organisation_id, work_record_id, scope_id, item_id, ticks, denominator, started_at, ended_at, staff_id, visit_id, note, emergency, finding, recorded_by)
  select :organisation, f.work_record_id, f.scope_id, f.item_id, f.done_ticks, f.denominator, f.started_at, f.ended_at, f.staff_id, f.visit_id, f.note, f.emergency, x.finding, :actor
  from fits f join found x using (ord) where exists (select from passes) and f.ord not in (select ord from known)
  returning *),
cited_photos as (
  insert into authorisations.work_photo (organisation_id, work_record_id, scope_id, position, photo_id, photo_hash)
  select :organisation, r.work_record_id, p.scope_id, p.position, p.photo_id, p.photo_hash from recorded r join pictured p using (work_record_id)),
term as (
  select distinct t.item_id, t.scope_id, t.authorisation_id, t.ticks, t.period_ticks, t.denominator, t.price_numerator, t.price_denominator, t.currency, t.recurring,
    t.authorised_at, t.valid_until, t.cap_minor
  from terms t join recorded r on r.item_id = t.item_id and r.finding is null),
move as (
  select q.ord, r.item_id, 'perform' as kind, r.work_record_id as subject, 0::bigint as d_granted, r.ticks as d_performed, 0::bigint as d_billed, 0::bigint as d_net,
    null::timestamptz as revoked_to, r.started_at, r.ended_at, r.supplied, null::uuid as credited_invoice_id, null::int as credited_line, null::int as credit_step
  from recorded r join asked q using (work_record_id) where r.finding is null),
go as (select 1 from move),
-- include: authorisations/item_moves
-- include: authorisations/steps
,
-- include: authorisations/append
,
-- include: authorisations/ceiling
,
happened as (
  select 'work_recorded' as kind, f.customer_id, 'work_record' as subject_kind, r.work_record_id as subject_id,
    jsonb_build_object('item_id', r.item_id, 'scope_id', r.scope_id, 'visit_id', r.visit_id, 'quantity', authorisations.quantity(r.ticks, r.denominator), 'unit', f.item_unit,
      'finding', r.finding, 'emergency', r.emergency, 'flags', authorisations.work_flags(r.finding, t.authorised_at, t.complete_by, r.ended_at)) as body
  from recorded r join fits f using (work_record_id) left join terms t using (ord)
  union all select kind, customer_id, subject_kind, subject_id, body from ceiling_facts),
answer as (
  select case when exists (select from recorded) then 201 else 200 end as status, null::text as code, jsonb_build_object('records', (
    select jsonb_agg(jsonb_build_object('id', w.work_record_id, 'item_id', w.item_id, 'billable', w.finding is null, 'finding', w.finding,
      'quantity', authorisations.quantity(w.ticks, w.denominator), 'flags', authorisations.work_flags(w.finding, t.authorised_at, t.complete_by, w.ended_at)) order by q.ord)
    from (select work_record_id, item_id, finding, ticks, denominator, ended_at from recorded
          union all select work_record_id, item_id, finding, ticks, denominator, ended_at from known) w join asked q using (work_record_id) left join terms t using (ord))) as body
  from passes
  union all (select case r.code when 'PHOTO_NOT_FOUND' then 404 else 409 end, r.code, jsonb_build_object('index', r.ord - 1) from refused r, complete order by r.ord limit 1))

-- verb: correct_work
-- A new entry says what was really done; what the wrong one lent is taken back, unless it is billed.
with original as (
  select w.*, s.customer_id, s.consent_deadline, o.unit, :quantity_numerator::bigint::numeric * o.denominator as tick_numerator, :quantity_denominator::bigint::numeric as tick_denominator,
    (select c.work_ticks from authorisations.capacity c where c.organisation_id = w.organisation_id and c.work_of = w.work_record_id and c.kind = 'perform') as lent_ticks
  from authorisations.work_record w join authorisations.scope s on s.organisation_id = w.organisation_id and s.scope_id = w.scope_id
  join authorisations.offer_item o on o.organisation_id = w.organisation_id and o.item_id = w.item_id
  where w.organisation_id = :organisation and w.work_record_id = :corrects::uuid),
earlier as (
  select w.work_record_id from authorisations.work_record w where w.organisation_id = :organisation and w.corrects = :corrects::uuid),
known as (
  select w.*, (w.corrects, w.started_at, w.ended_at, w.note) is not distinct from (:corrects::uuid, :started_at::timestamptz, :ended_at::timestamptz, :note::text)
    and w.ticks::numeric * :quantity_denominator::bigint = :quantity_numerator::bigint::numeric * w.denominator as same
  from authorisations.work_record w where w.organisation_id = :organisation and w.work_record_id = :work_record_id::uuid),
terms as (
  select k.*, a.consented_at, t.revoked_after, t.performed_after, t.billed_after, v.complete_by
  from original w join authorisations.capacity_item k on k.organisation_id = :organisation and k.item_id = w.item_id
  join authorisations.authorisation a on a.organisation_id = k.organisation_id and a.authorisation_id = k.authorisation_id
  join authorisations.offer_revision v on v.organisation_id = k.organisation_id and v.offer_id = k.offer_id and v.revision = k.revision
  cross join lateral (select t.revoked_after, t.performed_after, t.billed_after from authorisations.capacity t
    where t.organisation_id = k.organisation_id and t.item_id = k.item_id order by t.item_seq desc limit 1) t),
found as (
  select div(w.tick_numerator, w.tick_denominator) as done_ticks,
    -- evidence that is moved stays evidence: later times are no consent
    case when w.evidence and (:quantity_numerator::bigint = 0 or (w.judged_started_at, w.judged_ended_at) <> (:started_at::timestamptz, :ended_at::timestamptz)) then w.finding
      when :quantity_numerator::bigint = 0 then 'WORK_WITHDRAWN'
      when t.item_id is null then coalesce(w.finding, 'NO_EXPRESS_CONSENT')
      when t.authorised_at > authorisations.deadline(w.consent_deadline, :started_at::timestamptz, :ended_at::timestamptz) then
        case when t.consented_at <= authorisations.deadline(w.consent_deadline, :started_at::timestamptz, :ended_at::timestamptz)
          then 'AUTH_BACKDATED' else 'WORK_BEFORE_AUTH' end
      when :started_at::timestamptz >= t.revoked_after then 'AUTH_REVOKED'
      when :started_at::timestamptz > t.valid_until then 'AUTH_EXPIRED'
      when w.supplied then 'WORK_WITHDRAWN' end as finding,
    case when w.tick_numerator % w.tick_denominator <> 0 or w.tick_numerator > 1000000000000000 * w.tick_denominator then 'UNIT_MISMATCH' end as misfit
  from original w left join terms t on true),
verdict as (
  select case when exists (select from known) then case when (select same from known) then 'KNOWN' else 'ID_TAKEN' end
    when exists (select from earlier) then 'ALREADY_CORRECTED'
    when x.misfit is not null then x.misfit
    when t.performed_after + case when x.finding is null then x.done_ticks else 0 end - coalesce(w.lent_ticks, 0) < t.billed_after then 'WORK_ALREADY_BILLED' end as code
  from original w cross join found x left join terms t on true),
recorded as (
  insert into authorisations.work_record (organisation_id, work_record_id, scope_id, item_id, ticks, denominator, started_at, ended_at, corrects, corrected_evidence,
    corrected_started_at, corrected_ended_at, staff_id, visit_id, note, emergency, finding, recorded_by)
  select :organisation, :work_record_id::uuid, w.scope_id, w.item_id, x.done_ticks, w.denominator, :started_at::timestamptz, :ended_at::timestamptz, w.work_record_id, w.evidence,
    w.judged_started_at, w.judged_ended_at, w.staff_id, w.visit_id, :note::text, w.emergency, x.finding, :actor
  from original w cross join found x cross join verdict v where v.code is null
  returning *),
move as (
  select 1::bigint as ord, item_id, 'perform' as kind, work_record_id as subject, 0::bigint as d_granted, ticks as d_performed, 0::bigint as d_billed, 0::bigint as d_net,
    null::timestamptz as revoked_to, started_at, ended_at, supplied, null::uuid as credited_invoice_id, null::int as credited_line, null::int as credit_step
  from recorded where finding is null
  union all
  select 2, w.item_id, 'correct', w.work_record_id, 0, -w.lent_ticks, 0, 0, null, w.started_at, w.ended_at, w.supplied, null, null, null
  from original w cross join recorded where w.lent_ticks is not null),
term as (
  select item_id, scope_id, authorisation_id, ticks, period_ticks, denominator, price_numerator, price_denominator, currency, recurring, authorised_at, valid_until, cap_minor
  from terms where exists (select from move)),
go as (select 1 from recorded),
-- include: authorisations/item_moves
-- include: authorisations/steps
,
-- include: authorisations/append
,
-- include: authorisations/ceiling
,
happened as (
  select 'work_corrected' as kind, w.customer_id, 'work_record' as subject_kind, r.work_record_id as subject_id,
    jsonb_build_object('corrects', r.corrects, 'item_id', r.item_id, 'scope_id', r.scope_id, 'visit_id', r.visit_id, 'quantity', authorisations.quantity(r.ticks, r.denominator),
      'unit', w.unit, 'finding', r.finding, 'flags', authorisations.work_flags(r.finding, t.authorised_at, t.complete_by, r.ended_at)) as body
  from recorded r cross join original w left join terms t on true
  union all select kind, customer_id, subject_kind, subject_id, body from ceiling_facts),
answer as (
  select status, null::text as code, jsonb_build_object('id', work_record_id, 'item_id', item_id, 'billable', finding is null, 'finding', finding,
    'quantity', authorisations.quantity(ticks, denominator), 'corrects', corrects,
    'flags', authorisations.work_flags(finding, authorised_at, complete_by, ended_at)) as body
  from (select work_record_id, item_id, finding, ticks, denominator, corrects, ended_at, 201 as status from recorded
        union all select work_record_id, item_id, finding, ticks, denominator, corrects, ended_at, 200 from known where same) r left join (select authorised_at, complete_by from terms) t on true
  union all select 409, code, '{}'::jsonb from verdict where code <> 'KNOWN')
