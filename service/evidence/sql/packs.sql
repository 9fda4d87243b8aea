-- query: weight_told
-- Of what every pack holds whole, about how many bytes it comes to: told before any of it is read.
select (
  (select coalesce(sum(octet_length(a.content) + 4000 + coalesce(octet_length(g.strokes), 0)), 0) from authorisations.authorisation a
   left join authorisations.signature g on g.organisation_id = a.organisation_id and g.authorisation_id = a.authorisation_id
   where a.organisation_id = :organisation and a.scope_id = :scope_id)
  + (select coalesce(sum(octet_length(r.canonical)), 0) from authorisations.offer_revision r where r.organisation_id = :organisation and r.scope_id = :scope_id
     and exists (select from authorisations.authorisation a where a.organisation_id = r.organisation_id and a.offer_id = r.offer_id and a.revision = r.revision))
  + (select coalesce(sum(400 + case when w.emergency is null then 0 else coalesce(octet_length(w.note), 0) end), 0) from authorisations.work_record w
     where w.organisation_id = :organisation and w.scope_id = :scope_id and w.finding is null)
  + (select count(*) * 500 from authorisations.photo p where p.organisation_id = :organisation and p.scope_id = :scope_id)
  + (select coalesce(sum(octet_length(l.description) + 800), 0) from billing.invoice_scope s
     join billing.invoice_line l on l.organisation_id = s.organisation_id and l.invoice_id = s.invoice_id
     where s.organisation_id = :organisation and s.scope_id = :scope_id))::bigint

-- query: all_there_is
-- How many texts, showings, work records and forecasts the matter has, those too that its pack leaves out.
select (select count(*) from authorisations.offer_revision r where r.organisation_id = :organisation and r.scope_id = :scope_id),
  (select count(*) from authorisations.offer o
   cross join lateral (select from authorisations.presentation p where p.organisation_id = :organisation and p.offer_id = o.offer_id offset 0) p
   where o.organisation_id = :organisation and o.scope_id = :scope_id),
  (select count(*) from authorisations.work_record w where w.organisation_id = :organisation and w.scope_id = :scope_id),
  (select count(*) from authorisations.forecast f where f.organisation_id = :organisation and f.scope_id = :scope_id)

-- query: scope_told
select s.organisation_id::text, o.name, s.scope_id::text, s.customer_id::text, s.subject_kind, s.subject_id::text, s.currency, authorisations.microseconds(s.opened_at),
  p.policy_name, p.policy_version, p.citation, p.jurisdiction, p.trade, p.price_form, p.combine, p.pct_numerator, p.pct_denominator, p.abs_minor, p.hard_cap_minor, p.at_limit_refuses, p.consent_deadline,
  p.record_lag_seconds, p.requires_written_offer,
  (select coalesce(jsonb_agg(jsonb_build_object('erasure_id', e.erasure_id, 'contact_id', e.contact_id, 'erased_us', authorisations.microseconds(e.erased_at))
      order by e.erased_at, e.erasure_id), '[]')::text
   from evidence.erasure e where e.organisation_id = s.organisation_id and e.customer_id = s.customer_id and e.acts > 0)
from authorisations.scope s
join authorisations.policy p on p.organisation_id = s.organisation_id and p.policy_name = s.policy_name and p.policy_version = s.policy_version
join identity.organisation o on o.organisation_id = s.organisation_id
where s.organisation_id = :organisation and s.scope_id = :scope_id

-- query: offers_told
-- Each revision as shown: the text itself, of which its hash is.
with
-- include: evidence/told_texts
select r.offer_id::text, r.revision, o.kind, encode(r.prior_hash, 'hex'), encode(r.offer_hash, 'hex'), r.made_by, authorisations.microseconds(r.made_at), r.canonical
from authorisations.offer_revision r join authorisations.offer o on o.organisation_id = r.organisation_id and o.offer_id = r.offer_id
where r.organisation_id = :organisation and r.scope_id = :scope_id and (r.offer_id, r.revision) in (select offer_id, revision from told_text) order by o.made_at, r.offer_id, r.revision

-- query: presentations_told
-- Those that were answered, and the latest hundred others, of texts that are told.
with
-- include: evidence/told_texts
select p.presentation_id::text, p.offer_id::text, p.revision, encode(p.offer_hash, 'hex'), p.contact_id::text, p.channel, p.required_method, p.language, p.presented_by,
  authorisations.microseconds(p.presented_at), authorisations.microseconds(p.expires_at)
from (
  select p.*, a.answered, row_number() over (partition by a.answered order by p.presented_at desc, p.presentation_id desc) as age
  from authorisations.presentation p
  cross join lateral (select exists (select from authorisations.authorisation a
    where a.organisation_id = p.organisation_id and a.presentation_id = p.presentation_id) as answered) a
  where p.organisation_id = :organisation and p.scope_id = :scope_id and (p.offer_id, p.revision) in (select offer_id, revision from told_text)) p
where p.answered or p.age <= 100 order by p.presented_at, p.presentation_id

-- query: acts_told
-- The chain: what each entry's hash is of, and the receipt it was answered with.
select a.authorisation_id::text, a.seq, a.kind, a.channel, a.revokes::text, a.offer_id::text, a.revision, encode(a.offer_hash, 'hex'), a.presentation_id::text, a.contact_id::text,
  a.method, encode(a.signature_hash, 'hex'), a.authoriser_capacity, encode(a.authoriser_commitment, 'hex'), encode(a.contact_point_commitment, 'hex'), a.recorded_by, authorisations.microseconds(a.consented_at),
  authorisations.microseconds(a.recorded_at), a.active, a.shortcoming, a.currency, encode(a.prior_hash, 'hex'), a.added_minor, a.revised_total_minor, a.content,
  encode(a.entry_hash, 'hex'),
  (select coalesce(jsonb_agg(v.item_id order by v.item_id), '[]')::text from authorisations.authorisation_item v
   where v.organisation_id = a.organisation_id and v.authorisation_id = a.authorisation_id and v.verdict = 'approved'),
  (select coalesce(jsonb_agg(v.item_id order by v.item_id), '[]')::text from authorisations.authorisation_item v
   where v.organisation_id = a.organisation_id and v.authorisation_id = a.authorisation_id and v.verdict = 'declined'),
  r.jws
from authorisations.authorisation a
left join authorisations.receipt r on r.organisation_id = a.organisation_id and r.authorisation_id = a.authorisation_id
where a.organisation_id = :organisation and a.scope_id = :scope_id order by a.seq

-- query: work_told
-- Notes are words of whoever worked and may name anybody: they stay in the books, but for those that explain an emergency.
with
-- include: evidence/told_texts
,
-- include: evidence/told_work
select w.work_record_id::text, w.item_id::text, authorisations.quantity(w.ticks, w.denominator), authorisations.microseconds(w.started_at), authorisations.microseconds(w.ended_at),
  w.period_from::text, w.period_until::text, w.corrects::text, w.staff_id::text, w.visit_id::text, w.finding,
  w.finding is null and coalesce(k.authorised_at > w.ended_at, false), w.recorded_by, authorisations.microseconds(w.recorded_at),
  (select coalesce(jsonb_agg(encode(c.photo_hash, 'hex') order by c.position), '[]')::text from authorisations.work_photo c
   where c.organisation_id = w.organisation_id and c.work_record_id = w.work_record_id), w.emergency
from told_work w
left join authorisations.capacity_item k on k.organisation_id = w.organisation_id and k.item_id = w.item_id
order by w.recorded_at, w.work_record_id

-- query: photos_told
-- Hashes alone: the pictures would outgrow any pack, and whoever holds one can hash it.
select p.photo_id::text, p.number, p.shows, p.visit_id::text, encode(p.photo_hash, 'hex') as photo_hash, encode(p.received_hash, 'hex') as received_hash,
  authorisations.microseconds(p.taken_at), p.recorded_by, authorisations.microseconds(p.recorded_at)
from authorisations.photo p where p.organisation_id = :organisation and p.scope_id = :scope_id order by p.number

-- query: invoices_told
-- Whole invoices, since their sums are: a line of another matter is there with its figures.
select i.invoice_id::text, i.attempt_id::text, i.series || '-' || i.number, i.currency, i.tax_basis, authorisations.microseconds(i.issued_at), i.issued_on::text, i.due_on::text,
  i.lines_minor, i.tax_minor, i.total_minor,
  (select jsonb_agg(jsonb_build_object('number', l.line_number, 'item_id', l.item_id, 'scope_id', l.scope_id, 'description', l.description, 'unit', l.unit,
      'quantity', authorisations.quantity(l.quantity_numerator, l.quantity_denominator), 'unit_price', authorisations.quantity(l.price_numerator, l.price_denominator),
      'discount_minor', l.discount_minor, 'net_minor', l.net_minor, 'tax_category', l.tax_category,
      'tax_rate', authorisations.quantity(l.tax_numerator::numeric * 100, l.tax_denominator)) order by l.line_number)
   from billing.invoice_line l where l.organisation_id = i.organisation_id and l.invoice_id = i.invoice_id)::text,
  (select jsonb_agg(jsonb_build_object('tax_category', t.tax_category, 'tax_rate', authorisations.quantity(t.tax_numerator::numeric * 100, t.tax_denominator),
      'lines_minor', t.lines_minor, 'tax_minor', t.tax_minor) order by t.position)
   from billing.invoice_tax t where t.organisation_id = i.organisation_id and t.invoice_id = i.invoice_id)::text,
  (select coalesce(jsonb_agg(jsonb_build_object('credit_note_id', c.credit_note_id, 'number', c.series || '-' || c.number, 'issued_on', c.issued_on, 'total_minor', c.total_minor,
      'lines', (select coalesce(jsonb_agg(jsonb_build_object('line', d.line_number, 'quantity', authorisations.quantity(d.ticks, l.denominator), 'net_minor', d.net_minor)
          order by d.line_number, d.step), '[]')
        from billing.credit_line d join billing.invoice_line l on l.organisation_id = d.organisation_id and l.invoice_id = d.invoice_id and l.line_number = d.line_number
        where d.organisation_id = c.organisation_id and d.credit_note_id = c.credit_note_id))
      order by c.series, c.number), '[]')
   from billing.credit_note c where c.organisation_id = i.organisation_id and c.invoice_id = i.invoice_id)::text
from billing.invoice i
where i.organisation_id = :organisation and exists (select from billing.invoice_scope s
  where s.organisation_id = i.organisation_id and s.invoice_id = i.invoice_id and s.scope_id = :scope_id)
order by i.series, i.number

-- query: decisions_told
-- Every attempt that posted, with each rule's result on the lines of this matter; of refused ones the latest likewise, those before by the hash of what was sent:
-- whoever is refused a thousand times over makes no pack larger.
with attempt as (
  select a.*, row_number() over (partition by a.verdict order by a.attempted_at desc, a.attempt_id desc) as age
  from billing.posting_attempt a
  where a.organisation_id = :organisation and a.customer_id = (select s.customer_id from authorisations.scope s where s.organisation_id = :organisation and s.scope_id = :scope_id)
    and exists (select from billing.judgement d where d.organisation_id = a.organisation_id and d.attempt_id = a.attempt_id and d.scope_id = :scope_id))
select coalesce(jsonb_agg(jsonb_build_object('attempt_id', a.attempt_id, 'invoice_id', a.invoice_id, 'verdict', a.verdict, 'code', a.code, 'input_hash', encode(a.input_hash, 'hex'),
    'lines', a.line_count, 'attempted_by', a.attempted_by, 'attempted_us', authorisations.microseconds(a.attempted_at), 'decisions', coalesce(f.decisions, '[]'))
    order by a.attempted_at, a.attempt_id) filter (where a.verdict = 'posted' or a.age <= :most_refused::int), '[]')::text,
  count(*) filter (where a.verdict = 'refused' and a.age > :most_refused::int)
from attempt a
left join lateral (
  select jsonb_agg(jsonb_build_object('line', d.line_number, 'verdict', d.verdict, 'code', d.code, 'results', d.results, 'item_id', d.item_id, 'policy_name', d.policy_name,
      'policy_version', d.policy_version, 'asked', authorisations.quantity(d.asked_ticks, d.denominator), 'authorised', authorisations.quantity(d.granted_ticks, d.denominator),
      'performed', authorisations.quantity(d.performed_ticks, d.denominator), 'billed', authorisations.quantity(d.billed_ticks, d.denominator)) order by d.line_number) as decisions
  from (select d.* from billing.judgement d where d.organisation_id = a.organisation_id and d.attempt_id = a.attempt_id and d.scope_id = :scope_id
    order by d.line_number limit case a.verdict when 'refused' then :most_lines::int end) d
  where a.verdict = 'posted' or a.age <= :most_in_full::int) f on true

-- query: checkpoints_told
-- Those that the receipts name: digest and signature, without the lists of logs that they are of.
select c.number, authorisations.microseconds(c.sealed_at), encode(c.digest, 'hex'), encode(c.signature, 'hex')
from kit.checkpoint c where c.organisation_id = :organisation and c.number in (
  select r.checkpoint_number from authorisations.receipt r join authorisations.authorisation a on a.organisation_id = r.organisation_id and a.authorisation_id = r.authorisation_id
  where r.organisation_id = :organisation and a.scope_id = :scope_id)
order by c.number

-- query: persons_told
-- The words and salts behind the commitments, of those who haven't been erased.
select d.authorisation_id::text, encode(d.salt, 'hex'), d.authoriser_name, d.contact_point, g.strokes
from authorisations.consent_detail d join authorisations.authorisation a on a.organisation_id = d.organisation_id and a.authorisation_id = d.authorisation_id
left join authorisations.signature g on g.organisation_id = d.organisation_id and g.authorisation_id = d.authorisation_id
where d.organisation_id = :organisation and a.scope_id = :scope_id order by a.seq

-- query: forecasts_told
-- What it was expected to come to, and the first twenty notices of each: the earliest says since when the customer knew.
with
-- include: evidence/told_forecasts
select f.forecast_id::text, f.projected_minor, coalesce(f.head_seq, 0), f.authorised_minor, f.over and s.overrun_notice, f.stated_by, authorisations.microseconds(f.stated_at),
  n.notices, n.left_out
from told_forecast f
cross join lateral (select s.overrun_notice from authorisations.scope s where s.organisation_id = :organisation and s.scope_id = f.scope_id limit 1) s
cross join lateral (
  select coalesce(jsonb_agg(jsonb_build_object('notice_id', n.notice_id, 'contact_id', n.contact_id, 'channel', n.channel, 'told_us', authorisations.microseconds(n.told_at),
      'told_by', n.told_by, 'recorded_us', authorisations.microseconds(n.recorded_at)) order by n.place) filter (where n.place <= 20), '[]')::text as notices,
    count(*) filter (where n.place > 20) as left_out
  from (select n.*, row_number() over (order by n.recorded_at, n.notice_id) as place from authorisations.overrun_notice n
    where n.organisation_id = f.organisation_id and n.scope_id = f.scope_id and n.projected_minor = f.projected_minor and n.forecast_id = f.forecast_id
    offset 0) n) n
order by f.number

-- query: words_told
-- What staff wrote on an emergency and on a forecast. They may name anybody, so they go from packs as soon as somebody of the customer's is erased.
with
-- include: evidence/told_texts
,
-- include: evidence/told_work
,
-- include: evidence/told_forecasts
select w.about, w.id::text, w.words
from (
  select 'work_record' as about, w.work_record_id as id, w.note as words, w.recorded_at as written_at from told_work w where w.emergency is not null and w.note is not null
  union all
  select 'forecast', f.forecast_id, f.reason, f.stated_at from told_forecast f) w
where not exists (
  select from authorisations.scope s join evidence.erasure e on e.organisation_id = s.organisation_id and e.customer_id = s.customer_id
  where s.organisation_id = :organisation and s.scope_id = :scope_id and e.erased_at >= w.written_at)
order by w.written_at, w.about, w.id

-- query: notices_told
-- Mails about the showings, acts, questions and payments of the matter. How far each got is what its facts say; to whom it went stands in none of them, but the id
-- under which it was queued is made of that, so it is found by everybody it may have gone to.
with shown as (
  select p.presentation_id, p.contact_id from authorisations.offer o
  cross join lateral (
    select p.presentation_id, p.contact_id from authorisations.presentation p where p.organisation_id = :organisation and p.offer_id = o.offer_id offset 0) p
  where o.organisation_id = :organisation and o.scope_id = :scope_id),
act as (select a.authorisation_id, a.shortcoming from authorisations.authorisation a where a.organisation_id = :organisation and a.scope_id = :scope_id),
person as (
  select c.customer_id, c.contact_id from authorisations.scope s
  cross join lateral (select c.customer_id, c.contact_id from customers.contact c where c.organisation_id = :organisation and c.customer_id = s.customer_id offset 0) c
  where s.organisation_id = :organisation and s.scope_id = :scope_id),
addressed (notice_id, kind, about, contact_id, former) as (
  select s.presentation_id, 'offer_link', s.presentation_id, s.contact_id, false from shown s
  union all
  select c.code_id, 'one_time_code', s.presentation_id, s.contact_id, false
  from shown s cross join lateral (
    select c.code_id from authorisations.one_time_code c where c.organisation_id = :organisation and c.presentation_id = s.presentation_id offset 0) c
  union all
  select md5('question_reply' || q.question_id)::uuid, 'question_reply', q.question_id, s.contact_id, false
  from shown s cross join lateral (
    select q.question_id from authorisations.question q where q.organisation_id = :organisation and q.presentation_id = s.presentation_id offset 0) q
  union all
  select md5('consent_copy' || a.authorisation_id || coalesce(p.contact_id::text, ''))::uuid, 'consent_copy', a.authorisation_id, p.contact_id, false
  from act a cross join (select contact_id from person union all select null) p
  union all
  select md5('approval_held' || a.authorisation_id || p.contact_id || coalesce(v.version::text, ''))::uuid, 'approval_held', a.authorisation_id, p.contact_id, v.version is not null
  from act a cross join person p cross join lateral (
    select null::int as version
    union all
    select r.version from customers.contact_reach r where r.organisation_id = :organisation and r.customer_id = p.customer_id and r.contact_id = p.contact_id
    offset 0) v
  where a.shortcoming = 'CONTACT_CHANGE_UNCONFIRMED'
  union all
  select md5('invoice' || x.invoice_id)::uuid, 'invoice', x.invoice_id, null, false
  from billing.invoice_scope x where x.organisation_id = :organisation and x.scope_id = :scope_id
  union all
  select md5('receipt' || m.posting_id)::uuid, 'receipt', m.posting_id, null, false
  from (select distinct l.posting_id from billing.invoice_scope x
    cross join lateral (select l.posting_id from billing.allocation l where l.organisation_id = :organisation and l.invoice_id = x.invoice_id offset 0) l
    where x.organisation_id = :organisation and x.scope_id = :scope_id) m),
notice as (
  select d.*, q.queued_us, coalesce(e.state, 'queued') as state, e.reason, coalesce(e.state_us, q.queued_us) as state_us,
    row_number() over (order by q.queued_us desc, d.notice_id desc) as age
  from addressed d
  cross join lateral (
    select authorisations.microseconds(f.occurred_at) as queued_us from kit.fact f
    where f.organisation_id = :organisation and f.subject_id = d.notice_id and f.kind = 'notice_queued' and f.body ->> 'notice' = d.kind
    order by f.epoch, f.transaction_id, f.sequence limit 1) q
  left join lateral (
    select substr(f.kind, length('notice_') + 1) as state, f.body ->> 'reason' as reason, authorisations.microseconds(f.occurred_at) as state_us from kit.fact f
    where f.organisation_id = :organisation and f.subject_id = d.notice_id
      and f.kind in ('notice_handed_over', 'notice_refused', 'notice_unknown', 'notice_withdrawn', 'notice_failed')
    order by f.epoch desc, f.transaction_id desc, f.sequence desc limit 1) e on true)
select coalesce(jsonb_agg(jsonb_build_object('notice_id', n.notice_id, 'kind', n.kind, 'about', n.about, 'contact_id', n.contact_id, 'former', n.former, 'queued_us', n.queued_us,
    'state', n.state, 'reason', n.reason, 'state_us', n.state_us) order by n.age desc) filter (where n.age <= :most::int), '[]')::text,
  count(*) filter (where n.age > :most::int)
from notice n
