-- Records one act of a customer and grants what it approves. Needs `consent` (none or one row, perhaps with a contact), `chosen (item_id, verdict)` and `scope_stands` of its scope.
-- An act with a shortcoming is kept and grants nothing. A later revision supersedes what earlier ones of its offer granted and wasn't begun, and a later
-- no to an item supersedes the yes.
-- Gives `act`, `verdicts`, `granted`, `appended`.
reach as (
  select r.version as contact_version, r.since as contact_since, r.founding as contact_founding
  from consent c join customers.contact_reach r on r.organisation_id = :organisation::uuid and r.customer_id = c.customer_id and r.contact_id = c.contact_id
  order by r.version desc limit 1),
-- an address or a say younger than a day binds in person alone, unless it came with the customer; a code sent to the address isn't in person
firm as (
  select c.*, r.*, coalesce(c.shortcoming, case when c.contact_id is not null and c.channel not in ('paper', 'oral_in_person')
    and (c.channel <> 'on_device' or c.method = 'otp')
    and not coalesce(r.contact_founding or r.contact_since <= kit.recorded_now() - interval '24 hours', false) then 'CONTACT_CHANGE_UNCONFIRMED' end) as flaw
  from consent c left join reach r on true),
head as (
  select a.seq, a.entry_hash, a.revised_total_minor from consent c join authorisations.authorisation a
    on a.organisation_id = :organisation::uuid and a.scope_id = c.scope_id order by a.seq desc limit 1),
approvable as (
  select o.* from firm c join chosen v on v.verdict = 'approved' and c.flaw is null
  cross join lateral (select o.* from authorisations.offer_item o where o.organisation_id = :organisation::uuid and o.item_id = v.item_id limit 1) o
  where not exists (select from authorisations.capacity_item k where k.organisation_id = :organisation::uuid and k.item_id = o.item_id offset 0)),
superseded as (
  select k.*, t.granted_after, t.performed_after from firm c
  join authorisations.capacity_item k on k.organisation_id = :organisation::uuid and k.scope_id = c.scope_id
    and (k.offer_id = c.offer_id and k.revision < c.revision or k.item_id in (select item_id from chosen where verdict = 'declined'))
  cross join lateral (select t.granted_after, t.performed_after, t.revoked_after from authorisations.capacity t
    where t.organisation_id = :organisation::uuid and t.item_id = k.item_id order by t.item_seq desc limit 1) t
  where c.flaw is null and t.revoked_after = 'infinity'),
worth as (
  select (select coalesce(sum(kit.rounded(ticks::numeric * price_numerator, denominator::numeric * price_denominator)), 0) from approvable)
    - (select coalesce(sum(kit.rounded(period_ticks::numeric * price_numerator, denominator::numeric * price_denominator)
        - kit.rounded(least(performed_after, period_ticks)::numeric * price_numerator, denominator::numeric * price_denominator)), 0) from superseded) as minor),
-- what was told in words must be what it comes to, or the record isn't complete
judged_consent as (
  select c.*, coalesce(h.seq, 0) + 1 as seq, coalesce(h.revised_total_minor, 0) as prior_total_minor,
    coalesce(h.entry_hash, '\x0000000000000000000000000000000000000000000000000000000000000000') as prior_hash, w.minor,
    case when c.flaw is null and c.channel in ('oral_phone', 'oral_in_person')
      and (c.stated_added_minor, c.stated_total_minor) is distinct from (w.minor, coalesce(h.revised_total_minor, 0) + w.minor)
      then 'AUTH_RECORD_INCOMPLETE' else c.flaw end as fault
  from firm c cross join worth w left join head h on true),
act as (
  insert into authorisations.authorisation (organisation_id, authorisation_id, scope_id, customer_id, currency, seq, kind, offer_id, revision, offer_hash, cap_minor, valid_until,
    presentation_id, required_method, method, code_channel, signature_hash, contact_id, contact_version, contact_since, contact_founding, begin_at_once,
    channel, authoriser_commitment, contact_point_commitment, authoriser_capacity, received_by, conditions, stated_added_minor, stated_total_minor,
    recorded_by, consented_at, record_lag_seconds, requires_written_offer, verdicts, shortcoming, prior_hash, prior_total_minor, added_minor, revised_total_minor, content)
  select :organisation::uuid, authorisation_id, scope_id, customer_id, currency, seq, kind, offer_id, revision, offer_hash, cap_minor, valid_until,
    presentation_id, required_method, method, code_channel, signature_hash, contact_id, contact_version, contact_since, contact_founding, begin_at_once,
    channel, authoriser_commitment, contact_point_commitment, authoriser_capacity, received_by, conditions, stated_added_minor, stated_total_minor,
    :actor::text, consented_at, record_lag_seconds, requires_written_offer, (select count(*) from chosen), fault, prior_hash, prior_total_minor,
    case when fault is null then minor else 0 end, prior_total_minor + case when fault is null then minor else 0 end, content
  from judged_consent
  returning *),
answered_step as (
  insert into authorisations.scope_step (organisation_id, scope_id, step, kind, subject)
  select :organisation::uuid, a.scope_id, s.next_step, 'answered', a.authorisation_id from act a cross join scope_stands s),
verdicts as (
  insert into authorisations.authorisation_item (organisation_id, authorisation_id, item_id, scope_id, offer_id, revision, verdict, active, position, verdicts)
  select :organisation::uuid, a.authorisation_id, v.item_id, a.scope_id, a.offer_id, a.revision, v.verdict, a.active, row_number() over (order by v.item_id), a.verdicts
  from act a cross join chosen v
  returning item_id, verdict),
granted as (
  insert into authorisations.capacity_item (organisation_id, item_id, scope_id, offer_id, revision, authorisation_id, active, period_ticks, ticks, denominator, price_numerator,
    price_denominator, currency, recurring, authorised_at, valid_until, cap_minor, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline)
  select :organisation::uuid, o.item_id, o.scope_id, o.offer_id, o.revision, a.authorisation_id, true, o.ticks, case when o.recurring then 1000000000000000 else o.ticks end,
    o.denominator, o.price_numerator, o.price_denominator, o.currency, o.recurring, a.authorised_at, a.valid_until, a.cap_minor,
    p.combine, p.pct_numerator, p.pct_denominator, p.abs_minor, p.hard_cap_minor, p.at_limit_refuses, p.consent_deadline
  from act a cross join approvable o
  cross join lateral (select p.* from authorisations.scope p where p.organisation_id = :organisation::uuid and p.scope_id = o.scope_id limit 1) p where a.active
  returning *),
term as (
  select item_id, scope_id, authorisation_id, ticks, period_ticks, denominator, price_numerator, price_denominator, currency, recurring, authorised_at, valid_until, cap_minor from granted
  union all
  select s.item_id, s.scope_id, s.authorisation_id, s.ticks, s.period_ticks, s.denominator, s.price_numerator, s.price_denominator, s.currency, s.recurring, s.authorised_at,
    s.valid_until, s.cap_minor from superseded s where exists (select from act where active)),
move as (
  select row_number() over (order by ends desc, item_id) as ord, item_id, case when ends then 'revoke' else 'grant' end as kind, a.authorisation_id as subject, d_granted,
    0::bigint as d_performed, 0::bigint as d_billed, 0::bigint as d_net, case when ends then a.recorded_at end as revoked_to,
    null::timestamptz as started_at, null::timestamptz as ended_at, null::boolean as supplied, null::uuid as credited_invoice_id, null::int as credited_line, null::int as credit_step
  from (select item_id, false as ends, ticks as d_granted from granted union all select item_id, true, 0 from superseded) i cross join act a where a.active),
go as (select 1 from act where active),
-- include: authorisations/item_moves
-- include: authorisations/steps
,
-- include: authorisations/append
