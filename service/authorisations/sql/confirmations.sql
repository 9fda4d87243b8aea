-- verb: send_code
-- A fresh code to the contact's own address, however the offer is shown; the one before it is worth nothing any more.
with shown as (
  select p.presentation_id, p.offer_id, p.scope_id, p.customer_id, p.contact_id, p.revision, p.expires_at, r.valid_until, c.channel, c.channel = 'email' or (c.channel = 'sms' and :texted::boolean) as reached,
    (select max(l.revision) from authorisations.offer_revision l where l.organisation_id = p.organisation_id and l.offer_id = p.offer_id) as latest_revision,
    exists (select from authorisations.authorisation a where a.organisation_id = p.organisation_id and a.presentation_id = p.presentation_id) as answered,
    (select count(*) from authorisations.wrong_code w where w.organisation_id = p.organisation_id and w.presentation_id = p.presentation_id) as wrong
  from authorisations.presentation p
  join authorisations.offer_revision r on r.organisation_id = p.organisation_id and r.offer_id = p.offer_id and r.revision = p.revision
  join customers.contact c on c.organisation_id = p.organisation_id and c.customer_id = p.customer_id and c.contact_id = p.contact_id
  where p.organisation_id = :organisation and p.presentation_id = :presentation_id::uuid),
stepping as (select scope_id from shown),
-- include: authorisations/scope_stands
,
-- over all that is shown to this contact, under the account's lock
mailed as (
  select count(*)::int as before from shown p join authorisations.contact_mail m on m.organisation_id = :organisation and m.customer_id = p.customer_id and m.contact_id = p.contact_id
    and m.hour = authorisations.microseconds(kit.recorded_now()) / 3600000000),
guesses as (
  select count(*)::int as today from shown p join authorisations.wrong_code w on w.organisation_id = :organisation and w.customer_id = p.customer_id and w.contact_id = p.contact_id
    and w.day = authorisations.microseconds(kit.recorded_now()) / 86400000000),
-- include: authorisations/retry_after
,
before as (
  select count(*)::int as codes, max(sent_at) as last_at from authorisations.one_time_code c where c.organisation_id = :organisation and c.presentation_id = :presentation_id::uuid),
verdict as (
  select case when p.answered then 'TOKEN_USED' when not s.open then 'MATTER_CLOSED' when p.expires_at <= :at then 'LINK_EXPIRED' when p.latest_revision <> p.revision then 'OFFER_CHANGED'
    when p.valid_until < :at then 'OFFER_EXPIRED' when p.wrong = 5 then 'PRESENTATION_LOCKED' when not p.reached then 'CONTACT_UNREACHABLE' when b.codes = 5 then 'CODES_USED_UP'
    when b.last_at > kit.recorded_now() - interval '1 minute' then 'CODE_JUST_SENT'
    when g.today = 20 then 'CODES_GUESSED_OFTEN' when m.before = 10 then 'CONTACT_MAILED_OFTEN' end as code
  from shown p cross join scope_stands s cross join before b cross join mailed m cross join guesses g),
sent as (
  insert into authorisations.one_time_code (organisation_id, presentation_id, number, code_id, code_hash, channel)
  select :organisation, p.presentation_id, b.codes + 1, :code_id::uuid, :code_hash::bytea, p.channel from shown p cross join before b cross join verdict v where v.code is null
  returning presentation_id, number, code_id, channel, sent_at),
counted as (
  insert into authorisations.contact_mail (organisation_id, customer_id, contact_id, presentation_id, number)
  select :organisation, p.customer_id, p.contact_id, p.presentation_id, m.before + 1 from sent cross join shown p cross join mailed m),
happened as (
  select 'code_sent' as kind, p.customer_id, 'presentation' as subject_kind, s.presentation_id as subject_id,
    jsonb_build_object('offer_id', p.offer_id, 'number', s.number, 'channel', p.channel) as body from sent s cross join shown p),
wanted as (
  select s.code_id as task_id, 'send_code' as kind, s.presentation_id as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('customer_id', p.customer_id, 'contact_id', p.contact_id, 'code_id', s.code_id) as body from sent s cross join shown p),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('presentation_id', presentation_id, 'number', number, 'channel', channel,
    'valid_until', to_char((sent_at + interval '10 minutes') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) as body from sent
  union all select case when code = 'LINK_EXPIRED' then 410 when code in ('CODE_JUST_SENT', 'CODES_GUESSED_OFTEN', 'CONTACT_MAILED_OFTEN') then 429 else 409 end, code,
    jsonb_strip_nulls(jsonb_build_object('retry_after', case code when 'CODES_GUESSED_OFTEN' then until_day when 'CONTACT_MAILED_OFTEN' then until_hour end))
  from verdict cross join waits where code is not null)

-- query: code_still_good
-- Whether it is the last one sent, in time, can still be used, and goes by the channel that it is kept with.
select not exists (select from authorisations.authorisation a where a.organisation_id = c.organisation_id and a.presentation_id = c.presentation_id)
  and not exists (select from authorisations.one_time_code l where l.organisation_id = c.organisation_id and l.presentation_id = c.presentation_id and l.number > c.number)
  and c.sent_at + interval '10 minutes' > :at
  and c.channel = (select t.channel from authorisations.presentation p
    join customers.contact t on t.organisation_id = p.organisation_id and t.customer_id = p.customer_id and t.contact_id = p.contact_id
    where p.organisation_id = c.organisation_id and p.presentation_id = c.presentation_id)
from authorisations.one_time_code c where c.organisation_id = :organisation and c.presentation_id = :presentation_id and c.code_id = :code_id
