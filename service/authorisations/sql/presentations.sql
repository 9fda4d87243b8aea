-- verb: present_offer
-- The first showing seals the revision; a revision that is no longer the latest isn't shown, and nothing is once the matter has ended. The same showing under the same id again is the one there is.
with latest as (
  select r.offer_id, r.revision, r.offer_hash, r.scope_id, r.currency, r.valid_until, s.customer_id,
    exists (select from authorisations.offer_item i where i.organisation_id = r.organisation_id and i.offer_id = r.offer_id and i.revision = r.revision and i.optional and i.preselected) as preticked
  from authorisations.offer_revision r join authorisations.scope s on s.organisation_id = r.organisation_id and s.scope_id = r.scope_id
  where r.organisation_id = :organisation and r.offer_id = :offer_id::uuid order by r.revision desc limit 1),
stepping as (select scope_id from latest),
-- include: authorisations/scope_stands
,
contact as (
  select c.contact_id, c.channel = 'email' or (c.channel = 'sms' and :texted::boolean) as reached, coalesce(:language::text, u.language) as language
  from latest l join customers.customer u on u.organisation_id = :organisation and u.customer_id = l.customer_id
  join customers.contact c on c.organisation_id = :organisation and c.customer_id = l.customer_id and c.contact_id = :contact_id::uuid),
known as (
  select p.*, (select h.link_id from identity.link_hash h where h.token_hash = p.nonce_hash) as link_id,
    (p.offer_id, p.contact_id, p.channel, p.required_method, p.language, round(extract(epoch from p.expires_at - p.presented_at) / 3600))
      = (:offer_id::uuid, :contact_id::uuid, :channel::text, :required_method::text, coalesce(:language::text, p.language), round(extract(epoch from :expires_at::timestamptz - :at::timestamptz) / 3600)) as same
  from authorisations.presentation p where p.organisation_id = :organisation and p.presentation_id = :presentation_id::uuid),
-- over all that is shown to this contact, under the account's lock; a phone that is handed over mails nothing
mailed as (
  select count(*)::int as before from latest l join authorisations.contact_mail m on :channel::text = 'link' and m.organisation_id = :organisation and m.customer_id = l.customer_id
    and m.contact_id = :contact_id::uuid and m.hour = authorisations.microseconds(kit.recorded_now()) / 3600000000),
-- include: authorisations/retry_after
,
verdict as (
  select case when exists (select from known) then case when (select same from known) then 'KNOWN' else 'ID_TAKEN' end
    when not s.open then 'MATTER_CLOSED'
    when l.valid_until < :at then 'OFFER_EXPIRED'
    when l.preticked then 'PRETICKED_OPTION'
    when c.contact_id is null then 'CONTACT_NOT_FOUND'
    when not c.reached and (:required_method::text = 'otp' or :channel::text = 'link') then 'CONTACT_UNREACHABLE'
    when m.before = 10 then 'CONTACT_MAILED_OFTEN' end as code
  from latest l join scope_stands s on true left join contact c on true cross join mailed m),
fit as (select from verdict where code is null),
linked as (
  select :link_id::uuid as link_id, 'presentation' as purpose, l.customer_id, :presentation_id::uuid as subject_id, :link_expires_at::timestamptz as expires_at,
    :nonce_hash::bytea as token_hash
  from latest l where exists (select from fit)),
-- include: identity/make_link
,
shown as (
  insert into authorisations.presentation (organisation_id, presentation_id, offer_id, revision, offer_hash, scope_id, customer_id, currency, contact_id, channel, required_method,
    language, nonce_hash, presented_by, expires_at)
  select :organisation, :presentation_id::uuid, l.offer_id, l.revision, l.offer_hash, l.scope_id, l.customer_id, l.currency, c.contact_id, :channel::text, :required_method::text,
    c.language, :nonce_hash::bytea, :actor, :expires_at::timestamptz
  from latest l join contact c on true where exists (select from fit)
  returning presentation_id, offer_id, revision, offer_hash, customer_id, contact_id, scope_id, channel, expires_at),
stepped as (
  insert into authorisations.scope_step (organisation_id, scope_id, step, kind, subject)
  select :organisation, s.scope_id, s.next_step, 'shown', p.presentation_id from shown p cross join scope_stands s),
counted as (
  insert into authorisations.contact_mail (organisation_id, customer_id, contact_id, presentation_id, number)
  select :organisation, customer_id, contact_id, presentation_id, m.before + 1 from shown cross join mailed m where channel = 'link'),
happened as (
  select 'offer_presented' as kind, customer_id, 'offer' as subject_kind, offer_id as subject_id,
    jsonb_build_object('presentation_id', presentation_id, 'revision', revision, 'offer_hash', encode(offer_hash, 'hex'), 'channel', channel, 'scope_id', scope_id) as body from shown),
-- The link goes to the customer's own address, not through the hands of whoever shows the offer.
wanted as (
  select presentation_id as task_id, 'send_link' as kind, presentation_id as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('customer_id', customer_id, 'contact_id', contact_id, 'link_id', :link_id::uuid) as body from shown where channel = 'link'),
given as (
  select s.*, :link_id::uuid as link_id, 201 as status from shown s
  union all select presentation_id, offer_id, revision, offer_hash, customer_id, contact_id, scope_id, channel, expires_at, link_id, 200 from known where same),
answer as (
  select status, null::text as code, jsonb_build_object('presentation_id', presentation_id, 'link_id', link_id, 'channel', channel, 'offer_id', offer_id, 'revision', revision,
    'offer_hash', encode(offer_hash, 'hex'), 'expires_at', to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) as body from given
  union all select case code when 'PRETICKED_OPTION' then 422 when 'CONTACT_NOT_FOUND' then 404 when 'CONTACT_MAILED_OFTEN' then 429 else 409 end, code,
    case code when 'CONTACT_MAILED_OFTEN' then jsonb_build_object('retry_after', until_hour) else '{}'::jsonb end
  from verdict cross join waits where code <> 'KNOWN')

-- query: find_presentation
-- What the customer's page shows and what an answer is judged by.
select p.presentation_id, p.offer_id, p.revision, encode(p.offer_hash, 'hex'), s.reference, p.customer_id, p.contact_id, p.channel, p.required_method, p.language, p.expires_at, nullif(r.valid_until, 'infinity'),
  r.canonical, (select max(l.revision) from authorisations.offer_revision l where l.organisation_id = p.organisation_id and l.offer_id = p.offer_id),
  a.authorisation_id, a.shortcoming,
  case when a.shortcoming = 'CONTACT_CHANGE_UNCONFIRMED' then coalesce(a.contact_since, a.recorded_at) + interval '24 hours' end,
  coalesce((select bool_and(exists (select from authorisations.capacity_item k where k.organisation_id = v.organisation_id and k.item_id = v.item_id))
   from authorisations.authorisation_item v where v.organisation_id = p.organisation_id and v.authorisation_id = a.authorisation_id and v.verdict = 'approved'), false),
  c.channel as contact_channel, (select max(o.sent_at) + interval '10 minutes' from authorisations.one_time_code o where o.organisation_id = p.organisation_id and o.presentation_id = p.presentation_id),
  (select count(*) = 5 from authorisations.wrong_code w where w.organisation_id = p.organisation_id and w.presentation_id = p.presentation_id),
  (select coalesce(jsonb_object_agg(v.item_id, v.verdict), '{}'::jsonb)::text from authorisations.authorisation_item v
   where v.organisation_id = p.organisation_id and v.authorisation_id = a.authorisation_id),
  s.withdrawal_days,
  coalesce((select not t.open from authorisations.scope_step t where t.organisation_id = p.organisation_id and t.scope_id = p.scope_id order by t.step desc limit 1), false)
from authorisations.presentation p
join authorisations.scope s on s.organisation_id = p.organisation_id and s.scope_id = p.scope_id
join authorisations.offer_revision r on r.organisation_id = p.organisation_id and r.offer_id = p.offer_id and r.revision = p.revision
join customers.contact c on c.organisation_id = p.organisation_id and c.customer_id = p.customer_id and c.contact_id = p.contact_id
left join authorisations.authorisation a on a.organisation_id = p.organisation_id and a.presentation_id = p.presentation_id
where p.organisation_id = :organisation and p.presentation_id = :presentation_id

-- query: find_held
-- An approval that was held, for whoever is told of it.
select a.offer_id, p.language, coalesce(a.contact_since, a.recorded_at) + interval '24 hours' as held_until, a.contact_since,
  (select coalesce(jsonb_agg(i.description order by i.position), '[]')::text from authorisations.authorisation_item v
   join authorisations.offer_item i on i.organisation_id = v.organisation_id and i.item_id = v.item_id
   where v.organisation_id = a.organisation_id and v.authorisation_id = a.authorisation_id and v.verdict = 'approved'),
  coalesce((select bool_and(exists (select from authorisations.capacity_item k where k.organisation_id = v.organisation_id and k.item_id = v.item_id))
   from authorisations.authorisation_item v where v.organisation_id = a.organisation_id and v.authorisation_id = a.authorisation_id and v.verdict = 'approved'), false),
  a.channel
from authorisations.authorisation a
left join authorisations.presentation p on p.organisation_id = a.organisation_id and p.presentation_id = a.presentation_id
where a.organisation_id = :organisation and a.authorisation_id = :authorisation_id and a.shortcoming = 'CONTACT_CHANGE_UNCONFIRMED'

-- query: history_of_presentation
-- What was agreed in the matter before and with this showing, the latest first, and the wording it is compared with: the one answered last, else the one before.
select
  (select coalesce(jsonb_agg(jsonb_build_object('id', a.authorisation_id, 'kind', a.kind, 'channel', a.channel, 'recorded_at', to_char(a.recorded_at at time zone 'UTC',
      'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'added_minor', a.added_minor, 'revised_total_minor', a.revised_total_minor, 'currency', a.currency, 'active', a.active,
      'entry_hash', encode(a.entry_hash, 'hex'), 'approved', (select coalesce(jsonb_agg(i.description order by i.position), '[]') from authorisations.authorisation_item v
        join authorisations.offer_item i on i.organisation_id = v.organisation_id and i.item_id = v.item_id
        where v.organisation_id = a.organisation_id and v.authorisation_id = a.authorisation_id and v.verdict = 'approved'),
      'declined', (select coalesce(jsonb_agg(i.description order by i.position), '[]') from authorisations.authorisation_item v
        join authorisations.offer_item i on i.organisation_id = v.organisation_id and i.item_id = v.item_id
        where v.organisation_id = a.organisation_id and v.authorisation_id = a.authorisation_id and v.verdict = 'declined')) order by a.seq desc), '[]')::text
   from (select * from authorisations.authorisation a where a.organisation_id = p.organisation_id and a.scope_id = p.scope_id order by a.seq desc limit 50) a),
  (select r.canonical from authorisations.offer_revision r where r.organisation_id = p.organisation_id and r.offer_id = p.offer_id and r.revision < p.revision
   order by exists (select from authorisations.authorisation a where a.organisation_id = r.organisation_id and a.offer_id = r.offer_id and a.revision = r.revision) desc,
     r.revision desc limit 1)
from authorisations.presentation p where p.organisation_id = :organisation and p.presentation_id = :presentation_id

-- verb: answer_presentation
-- An answer counts once; the same again gives what the first gave, another one is refused, and so is one to words no longer offered.
with shown as (
  select p.*, r.cap_minor, r.valid_until, s.record_lag_seconds, s.requires_written_offer, o.kind as offer_kind, c.may_authorise,
    (select max(l.revision) from authorisations.offer_revision l where l.organisation_id = p.organisation_id and l.offer_id = p.offer_id) as latest_revision
  from authorisations.presentation p
  join authorisations.offer_revision r on r.organisation_id = p.organisation_id and r.offer_id = p.offer_id and r.revision = p.revision
  join authorisations.offer o on o.organisation_id = p.organisation_id and o.offer_id = p.offer_id
  join authorisations.scope s on s.organisation_id = p.organisation_id and s.scope_id = p.scope_id
  join customers.contact c on c.organisation_id = p.organisation_id and c.customer_id = p.customer_id and c.contact_id = p.contact_id
  where p.organisation_id = :organisation and p.presentation_id = :presentation_id::uuid),
stepping as (select scope_id from shown),
-- include: authorisations/scope_stands
,
chosen as (
  select u.item_id, u.verdict from unnest(:item_ids::uuid[], :verdicts::text[]) u (item_id, verdict)),
foreign_items as (
  select 1 from chosen v cross join shown p where not exists (
    select from authorisations.offer_item i where i.organisation_id = :organisation and i.item_id = v.item_id and i.offer_id = p.offer_id and i.revision = p.revision offset 0)),
answered as (
  select a.*, (select count(*) from authorisations.authorisation_item v where v.organisation_id = a.organisation_id and v.authorisation_id = a.authorisation_id)
      = (select count(*) from chosen)
    and not exists (select from chosen c where not exists (select from authorisations.authorisation_item v
      where v.organisation_id = a.organisation_id and v.authorisation_id = a.authorisation_id and v.item_id = c.item_id and v.verdict = c.verdict))
    and (a.offer_hash, a.begin_at_once) = (decode(:offer_hash::text, 'hex'), :begin_at_once::boolean) as same
  from authorisations.authorisation a where a.organisation_id = :organisation and a.presentation_id = (select presentation_id from shown)),
moved_head as (
  select 1 from shown p where :prior_head::text is not null and :prior_head::text <> coalesce(
    (select encode(a.entry_hash, 'hex') from authorisations.authorisation a where a.organisation_id = :organisation and a.scope_id = p.scope_id order by a.seq desc limit 1), repeat('00', 32))),
code as (
  select c.number, c.code_hash, c.channel, c.sent_at from authorisations.one_time_code c
  where c.organisation_id = :organisation and c.presentation_id = :presentation_id::uuid order by c.number desc limit 1),
wrong as (
  select count(*)::int as before from authorisations.wrong_code w where w.organisation_id = :organisation and w.presentation_id = :presentation_id::uuid),
-- over all codes to this contact, under the account's lock; only who sends a code is counted
guesses as (
  select count(*)::int as today from shown p join authorisations.wrong_code w on :method::text = 'otp' and w.organisation_id = :organisation and w.customer_id = p.customer_id
    and w.contact_id = p.contact_id and w.day = authorisations.microseconds(kit.recorded_now()) / 86400000000),
-- include: authorisations/retry_after
,
verdict as (
  select case when exists (select from answered) then case when (select same from answered) then 'KNOWN' else 'TOKEN_USED' end
    when not s.open then 'MATTER_CLOSED'
    when p.expires_at <= :at then 'LINK_EXPIRED'
    when encode(p.offer_hash, 'hex') <> :offer_hash::text or p.latest_revision <> p.revision then 'OFFER_CHANGED'
    when p.valid_until < :at then 'OFFER_EXPIRED'
    when exists (select from foreign_items) then 'ITEM_NOT_OFFERED'
    when exists (select from moved_head) then 'HEAD_MOVED'
    when w.before = 5 then 'PRESENTATION_LOCKED'
    when :method::text <> p.required_method and (p.required_method = 'otp' or :method::text = 'tap') then 'METHOD_REQUIRED'
    when :method::text <> 'otp' then null
    when g.today = 20 then 'CODES_GUESSED_OFTEN'
    when coalesce(kit.recorded_now() > (select sent_at from code) + interval '10 minutes', true) then 'CODE_EXPIRED'
    when (select code_hash from code) <> :code_hash::bytea then case w.before when 4 then 'PRESENTATION_LOCKED' else 'CODE_WRONG' end end as code
  from shown p cross join scope_stands s cross join wrong w cross join guesses g),
-- counted under the scope's lock and committed with the refusal: two phones can't guess side by side
guessed as (
  insert into authorisations.wrong_code (organisation_id, presentation_id, number, customer_id, contact_id, number_of_day)
  select :organisation, p.presentation_id, w.before + 1, p.customer_id, p.contact_id, g.today + 1 from shown p cross join wrong w cross join guesses g cross join verdict v
  where w.before < 5 and v.code in ('CODE_WRONG', 'PRESENTATION_LOCKED')
  returning number),
consent as (
  select :authorisation_id::uuid as authorisation_id, p.scope_id, p.customer_id, p.currency, p.offer_kind as kind, p.offer_id, p.revision, p.offer_hash, p.cap_minor, p.valid_until,
    p.presentation_id, p.required_method, :method::text as method, (select channel from code where :method::text = 'otp') as code_channel, decode(:signature_hash::text, 'hex') as signature_hash, p.contact_id, p.channel, decode(:authoriser_commitment::text, 'hex') as authoriser_commitment,
    decode(:contact_point_commitment::text, 'hex') as contact_point_commitment,
    case when p.may_authorise then 'customer' else 'other' end as authoriser_capacity, null::text as received_by, null::text as conditions, null::bigint as stated_added_minor,
    null::bigint as stated_total_minor, :at::timestamptz as consented_at, p.record_lag_seconds, p.requires_written_offer,
    case when not p.may_authorise then 'AUTHORISER_NOT_ENTITLED' end as shortcoming, :begin_at_once::boolean as begin_at_once, :content::text as content
  from shown p cross join verdict v where v.code is null),
-- include: authorisations/authorise
,
kept_apart as (
  insert into authorisations.consent_detail (organisation_id, authorisation_id, salt, authoriser_name, contact_point)
  select :organisation, authorisation_id, :salt::bytea, :authoriser_name::text, :contact_point::text from act),
proved as (
  insert into authorisations.code_proof (organisation_id, presentation_id, number, code_hash, channel, sent_at)
  select :organisation, a.presentation_id, c.number, c.code_hash, c.channel, c.sent_at from act a cross join code c where a.method = 'otp'),
signed as (
  insert into authorisations.signature (organisation_id, authorisation_id, strokes, strokes_hash)
  select :organisation, authorisation_id, :strokes::text, signature_hash from act where method = 'signature'),
-- include: authorisations/tell_held
,
both_acts as (
  select authorisation_id, seq, entry_hash, added_minor, revised_total_minor, currency, active, shortcoming, 201 as status from act
  union all select authorisation_id, seq, entry_hash, added_minor, revised_total_minor, currency, active, shortcoming, 200 from answered where same),
-- include: authorisations/in_force
,
-- include: authorisations/recorded_act
,
-- include: authorisations/copies
,
wanted as (
  select task_id, kind, subject_id, due_at, body from held_tasks union all select task_id, kind, subject_id, due_at, body from copy_tasks),
happened as (
  select case number when 5 then 'presentation_locked' else 'code_refused' end as kind, p.customer_id, 'presentation' as subject_kind, p.presentation_id as subject_id,
    jsonb_build_object('offer_id', p.offer_id, 'wrong_codes', number) as body from guessed cross join shown p
  union all
  select 'offer_answered' as kind, a.customer_id, 'authorisation' as subject_kind, a.authorisation_id as subject_id,
    jsonb_build_object('offer_id', a.offer_id, 'revision', a.revision, 'scope_id', a.scope_id, 'channel', a.channel, 'method', a.method, 'code_channel', a.code_channel, 'active', e.active, 'shortcoming', a.shortcoming,
      'approved', (select count(*) from chosen where verdict = 'approved'), 'declined', (select count(*) from chosen where verdict = 'declined'),
      'added_minor', a.added_minor, 'revised_total_minor', a.revised_total_minor, 'currency', a.currency, 'entry_hash', encode(a.entry_hash, 'hex')) as body
  from act a join effect e using (authorisation_id)),
answer as (
  select status, null::text as code, jsonb_build_object('id', authorisation_id, 'seq', seq, 'head', encode(entry_hash, 'hex'), 'added_minor', added_minor,
    'revised_total_minor', revised_total_minor, 'currency', currency, 'active', e.active, 'in_force', e.in_force, 'shortcoming', shortcoming,
    'approved', v.approved, 'declined', v.declined, 'as_recorded', r.as_recorded) as body
  from both_acts join effect e using (authorisation_id) cross join sorted v left join recorded r using (authorisation_id)
  union all select case when code = 'LINK_EXPIRED' then 410 when code = 'ITEM_NOT_OFFERED' then 422 when code in ('METHOD_REQUIRED', 'CODE_WRONG') then 403 when code = 'CODES_GUESSED_OFTEN' then 429 else 409 end, code,
    case code when 'CODE_WRONG' then jsonb_build_object('tries_left', 4 - w.before)
      when 'CODES_GUESSED_OFTEN' then jsonb_build_object('retry_after', until_day) else '{}'::jsonb end
  from verdict cross join wrong w cross join waits where code <> 'KNOWN')
