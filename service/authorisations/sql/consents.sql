-- verb: record_oral_consent
-- An oral consent as someone wrote it down. What isn't complete, or wasn't theirs to give, is kept and never active.
with offered as (
  select r.offer_id, r.revision, r.offer_hash, r.cap_minor, r.valid_until, r.currency, s.scope_id, s.customer_id, s.record_lag_seconds, s.requires_written_offer, o.kind,
    (select max(l.revision) from authorisations.offer_revision l where l.organisation_id = r.organisation_id and l.offer_id = r.offer_id) as latest_revision
  from authorisations.offer_revision r
  join authorisations.offer o on o.organisation_id = r.organisation_id and o.offer_id = r.offer_id
  join authorisations.scope s on s.organisation_id = r.organisation_id and s.scope_id = r.scope_id
  where r.organisation_id = :organisation and r.offer_id = :offer_id::uuid and r.offer_hash = decode(:offer_hash::text, 'hex')),
stepping as (select scope_id from offered),
-- include: authorisations/scope_stands
,
chosen as (
  select u.item_id, u.verdict from unnest(:item_ids::uuid[], :verdicts::text[]) u (item_id, verdict)),
foreign_items as (
  select 1 from chosen v cross join offered p where not exists (
    select from authorisations.offer_item i where i.organisation_id = :organisation and i.item_id = v.item_id and i.offer_id = p.offer_id and i.revision = p.revision offset 0)),
contact as (
  select c.contact_id, c.may_authorise from offered o join customers.contact c
    on c.organisation_id = :organisation and c.customer_id = o.customer_id and c.contact_id = :contact_id::uuid),
known as (
  select a.*, a.content::jsonb - '{authoriser_commitment,contact_point_commitment}'::text[]
      = :content::jsonb - '{authoriser_commitment,contact_point_commitment}'::text[]   -- salts differ each time
      and not exists (select from authorisations.consent_detail d where d.organisation_id = a.organisation_id and d.authorisation_id = a.authorisation_id
        and (d.authoriser_name, d.contact_point) is distinct from (:authoriser_name::text, :contact_point::text)) as same
  from authorisations.authorisation a where a.organisation_id = :organisation and a.authorisation_id = :authorisation_id::uuid),
verdict as (
  select case when exists (select from known) then case when (select same from known) then 'KNOWN' else 'ID_TAKEN' end
    when not s.open then 'MATTER_CLOSED'
    when o.latest_revision <> o.revision then 'OFFER_CHANGED'
    when o.valid_until < :consented_at::timestamptz then 'OFFER_EXPIRED'
    when exists (select from foreign_items) then 'ITEM_NOT_OFFERED'
    when :contact_id::uuid is not null and not exists (select from contact) then 'CONTACT_NOT_FOUND' end as code
  from offered o cross join scope_stands s),
consent as (
  select :authorisation_id::uuid as authorisation_id, o.scope_id, o.customer_id, o.currency, o.kind, o.offer_id, o.revision, o.offer_hash, o.cap_minor, o.valid_until,
    null::uuid as presentation_id, null::text as required_method, null::text as method, null::text as code_channel, null::bytea as signature_hash, (select contact_id from contact) as contact_id, :channel::text as channel, decode(:authoriser_commitment::text, 'hex') as authoriser_commitment,
    decode(:contact_point_commitment::text, 'hex') as contact_point_commitment, :capacity::text as authoriser_capacity, :received_by::text as received_by,
    :conditions::text as conditions, :stated_added_minor::bigint as stated_added_minor, :stated_total_minor::bigint as stated_total_minor,
    :consented_at::timestamptz as consented_at, o.record_lag_seconds, o.requires_written_offer,
    -- who is named but isn't a contact who may authorise might be anybody
    case when :capacity::text not in ('customer', 'designee') or :authoriser_commitment::text is not null and not coalesce((select may_authorise from contact), false)
        then 'AUTHORISER_NOT_ENTITLED'
      when o.requires_written_offer then 'NO_WRITTEN_OFFER'
      when :authoriser_commitment::text is null or :received_by::text is null or :conditions::text is null
        or (:channel::text = 'oral_phone' and :contact_point_commitment::text is null) then 'AUTH_RECORD_INCOMPLETE' end as shortcoming,
    :begin_at_once::boolean as begin_at_once, :content::text as content
  from offered o cross join verdict v where v.code is null),
-- include: authorisations/authorise
,
kept_apart as (
  insert into authorisations.consent_detail (organisation_id, authorisation_id, salt, authoriser_name, contact_point)
  select :organisation, authorisation_id, :salt::bytea, :authoriser_name::text, :contact_point::text from act),
-- include: authorisations/tell_held
,
-- include: authorisations/copies
,
wanted as (
  select task_id, kind, subject_id, due_at, body from held_tasks union all select task_id, kind, subject_id, due_at, body from copy_tasks),
both_acts as (
  select authorisation_id, seq, entry_hash, added_minor, revised_total_minor, currency, active, shortcoming, 201 as status from act
  union all select authorisation_id, seq, entry_hash, added_minor, revised_total_minor, currency, active, shortcoming, 200 from known where same),
-- include: authorisations/in_force
,
-- include: authorisations/recorded_act
,
happened as (
  select 'consent_recorded' as kind, a.customer_id, 'authorisation' as subject_kind, a.authorisation_id as subject_id,
    jsonb_build_object('offer_id', a.offer_id, 'revision', a.revision, 'scope_id', a.scope_id, 'channel', a.channel, 'active', e.active, 'shortcoming', a.shortcoming,
      'approved', (select count(*) from chosen where verdict = 'approved'), 'declined', (select count(*) from chosen where verdict = 'declined'),
      'added_minor', a.added_minor, 'revised_total_minor', a.revised_total_minor, 'currency', a.currency, 'entry_hash', encode(a.entry_hash, 'hex')) as body
  from act a join effect e using (authorisation_id)),
answer as (
  select status, null::text as code, jsonb_build_object('id', authorisation_id, 'seq', seq, 'head', encode(entry_hash, 'hex'), 'added_minor', added_minor,
    'revised_total_minor', revised_total_minor, 'currency', currency, 'active', e.active, 'in_force', e.in_force, 'shortcoming', shortcoming,
    'approved', v.approved, 'declined', v.declined, 'as_recorded', r.as_recorded) as body
  from both_acts join effect e using (authorisation_id) cross join sorted v left join recorded r using (authorisation_id)
  union all select case code when 'ITEM_NOT_OFFERED' then 422 when 'CONTACT_NOT_FOUND' then 404 else 409 end, code, '{}'::jsonb from verdict where code <> 'KNOWN'
  union all select 409, 'OFFER_CHANGED', '{}'::jsonb from authorisations.offer o
  where o.organisation_id = :organisation and o.offer_id = :offer_id::uuid and not exists (select from offered))

-- query: find_consent
-- What was agreed by word of mouth or on a phone handed over, for the copy that the customer gets.
select a.authorisation_id, s.reference, a.offer_id, a.channel, a.consented_at, coalesce(nullif(d.authoriser_name, a.contact_id::text), c.name), a.authoriser_capacity,
  case when a.presentation_id is null then d.contact_point end,
  coalesce((select w.name from identity.staff w where w.organisation_id = a.organisation_id and w.staff_id::text = coalesce(a.received_by, split_part(p.presented_by, ':', 2))), a.received_by), a.conditions,
  case when a.presentation_id is null then a.stated_added_minor else a.added_minor end, case when a.presentation_id is null then a.stated_total_minor else a.revised_total_minor end, a.currency, r.tax_basis, a.active,
  (select coalesce(jsonb_agg(jsonb_build_object('description', i.description, 'quantity', authorisations.quantity(i.ticks, i.denominator), 'unit', i.unit,
      'amount_minor', kit.rounded(i.ticks::numeric * i.price_numerator, i.denominator::numeric * i.price_denominator), 'recurring', i.recurring, 'verdict', v.verdict)
      order by i.position), '[]')::text
   from authorisations.authorisation_item v join authorisations.offer_item i on i.organisation_id = v.organisation_id and i.item_id = v.item_id
   where v.organisation_id = a.organisation_id and v.authorisation_id = a.authorisation_id)
from authorisations.authorisation a
join authorisations.scope s on s.organisation_id = a.organisation_id and s.scope_id = a.scope_id
join authorisations.offer_revision r on r.organisation_id = a.organisation_id and r.offer_id = a.offer_id and r.revision = a.revision
left join authorisations.presentation p on p.organisation_id = a.organisation_id and p.presentation_id = a.presentation_id
left join authorisations.consent_detail d on d.organisation_id = a.organisation_id and d.authorisation_id = a.authorisation_id
left join customers.contact c on c.organisation_id = a.organisation_id and c.customer_id = a.customer_id and c.contact_id = a.contact_id
where a.organisation_id = :organisation and a.authorisation_id = :authorisation_id

-- verb: revoke_authorisation
-- Works forward from the server's own time: what began before stays billable up to what was done.
with revoked as (
  select a.*, s.withdrawal_days, :withdrawal::boolean and not (s.withdrawal_days > 0 and kit.recorded_now() < a.authorised_at + (s.withdrawal_days + 1) * interval '24 hours') as too_late
  from authorisations.authorisation a join authorisations.scope s on s.organisation_id = a.organisation_id and s.scope_id = a.scope_id
  where a.organisation_id = :organisation and a.authorisation_id = :revokes::uuid and a.kind <> 'revocation'),
known as (
  select a.*, a.content::jsonb = :content::text::jsonb as same from authorisations.authorisation a where a.organisation_id = :organisation and a.authorisation_id = :authorisation_id::uuid),
before as (
  select k.*, t.granted_after, t.performed_after from revoked a
  cross join lateral (
    select k.* from authorisations.capacity_item k where k.organisation_id = :organisation and k.scope_id = a.scope_id and k.authorisation_id = a.authorisation_id offset 0) k
  cross join lateral (select t.granted_after, t.performed_after, t.revoked_after from authorisations.capacity t
    where t.organisation_id = :organisation and t.item_id = k.item_id order by t.item_seq desc limit 1) t
  where t.revoked_after = 'infinity' and not exists (select from known)),
head as (
  select h.seq, h.entry_hash, h.revised_total_minor from revoked a join authorisations.authorisation h
    on h.organisation_id = :organisation and h.scope_id = a.scope_id order by h.seq desc limit 1),
worth as (
  select coalesce(sum(kit.rounded(period_ticks::numeric * price_numerator, denominator::numeric * price_denominator)
    - kit.rounded(least(performed_after, period_ticks)::numeric * price_numerator, denominator::numeric * price_denominator)), 0) as minor from before),
act as (
  insert into authorisations.authorisation (organisation_id, authorisation_id, scope_id, customer_id, currency, seq, kind, offer_id, revision, offer_hash, cap_minor, valid_until,
    contact_id, channel, revokes, authoriser_capacity, received_by, conditions, recorded_by, consented_at, record_lag_seconds, requires_written_offer, prior_hash, prior_total_minor,
    added_minor, revised_total_minor, content)
  select :organisation, :authorisation_id::uuid, a.scope_id, a.customer_id, a.currency, h.seq + 1, 'revocation', a.offer_id, a.revision, a.offer_hash, a.cap_minor, a.valid_until,
    a.contact_id, :channel::text, a.authorisation_id, 'customer', :received_by::text, :reason::text, :actor, :at, a.record_lag_seconds, a.requires_written_offer, h.entry_hash,
    h.revised_total_minor, -w.minor, h.revised_total_minor - w.minor, :content::text
  from revoked a cross join head h cross join worth w where exists (select from before) and not a.too_late
  returning *),
withdrawn as (
  insert into authorisations.withdrawal (organisation_id, authorisation_id, revocation_id, scope_id, authorised_at, express_request, withdrawal_days)
  select :organisation, r.authorisation_id, a.authorisation_id, r.scope_id, r.authorised_at, r.express_request, r.withdrawal_days from revoked r cross join act a where :withdrawal::boolean),
term as (
  select item_id, scope_id, authorisation_id, ticks, period_ticks, denominator, price_numerator, price_denominator, currency, recurring, authorised_at, valid_until, cap_minor from before),
move as (
  select row_number() over (order by b.item_id) as ord, b.item_id, 'revoke' as kind, a.authorisation_id as subject, 0::bigint as d_granted, 0::bigint as d_performed,
    0::bigint as d_billed, 0::bigint as d_net, a.recorded_at as revoked_to, null::timestamptz as started_at, null::timestamptz as ended_at, null::boolean as supplied,
    null::uuid as credited_invoice_id, null::int as credited_line, null::int as credit_step
  from before b cross join act a),
go as (select 1 from act),
-- include: authorisations/item_moves
-- include: authorisations/steps
,
-- include: authorisations/append
,
happened as (
  select 'authorisation_revoked' as kind, customer_id, 'authorisation' as subject_kind, revokes as subject_id,
    jsonb_build_object('revocation_id', authorisation_id, 'scope_id', scope_id, 'offer_id', offer_id, 'added_minor', added_minor, 'revised_total_minor', revised_total_minor,
      'currency', currency, 'items', (select count(*) from before), 'withdrawal', :withdrawal::boolean) as body from act),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', authorisation_id, 'revokes', revokes, 'head', encode(entry_hash, 'hex'),
    'revised_total_minor', revised_total_minor, 'currency', currency) as body from act
  union all
  select 200, null, jsonb_build_object('id', k.authorisation_id, 'revokes', k.revokes, 'head', encode(k.entry_hash, 'hex'), 'revised_total_minor', k.revised_total_minor,
    'currency', k.currency) from known k cross join revoked where k.same
  union all
  select 409, 'ID_TAKEN', '{}'::jsonb from known k cross join revoked where not k.same
  union all
  select 409, 'WITHDRAWAL_OVER', '{}'::jsonb from revoked where too_late and exists (select from before)
  union all
  select 409, 'NOTHING_TO_REVOKE', '{}'::jsonb from revoked where not exists (select from before) and not exists (select from known))
