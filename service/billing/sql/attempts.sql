-- query: list_attempts
-- Refused ones too, the latest last. Keyset by id: ids are made in the order of time.
select a.attempt_id, a.invoice_id, a.customer_id, a.verdict, a.code,
  coalesce((select jsonb_agg(distinct d.code) from billing.decision d where d.organisation_id = a.organisation_id and d.attempt_id = a.attempt_id and d.code is not null), '[]')::text,
  a.line_count, a.attempted_by, a.attempted_at
from billing.posting_attempt a
where a.organisation_id = :organisation and a.attempt_id > :after::uuid and a.customer_id = coalesce(:customer_id::uuid, a.customer_id)
  and a.verdict = coalesce(:verdict::text, a.verdict) and a.attempted_at >= coalesce(:from_at::timestamptz, '-infinity') and a.attempted_at < coalesce(:until_at::timestamptz, 'infinity')
  and (:code::text is null or exists (
    select from billing.decision d where d.organisation_id = a.organisation_id and d.attempt_id = a.attempt_id and d.code = :code::text))
order by a.attempt_id limit :limit::int + 1

-- query: find_posting_attempt
select a.attempt_id, a.invoice_id, a.customer_id, a.verdict, a.code, encode(a.input_hash, 'hex'), a.attempted_by, a.attempted_at,
  (select jsonb_agg(jsonb_build_object('index', d.line_number - 1, 'verdict', d.verdict, 'code', d.code, 'results', d.results, 'inputs_hash', encode(d.inputs_hash, 'hex'),
      'item_id', d.item_id, 'scope_id', d.scope_id, 'policy_name', d.policy_name, 'policy_version', d.policy_version,
      'detail', :sentences::jsonb #>> array[d.code, 'detail'], 'remedy', :sentences::jsonb #>> array[d.code, 'remedy'],
      'peppol', :sentences::jsonb #>> array[d.code, 'peppol'], 'x12', :sentences::jsonb #>> array[d.code, 'x12'], 'unit', d.unit, 'currency', d.currency,
      'asked', authorisations.quantity(d.asked_ticks, d.denominator), 'authorised', authorisations.quantity(d.granted_ticks, d.denominator),
      'performed', authorisations.quantity(d.performed_ticks, d.denominator), 'billed', authorisations.quantity(d.billed_ticks, d.denominator),
      'allowed', authorisations.quantity(d.allowed_ticks, d.denominator),
      'asked_minor', d.net_minor, 'authorised_minor', d.authorised_minor, 'billed_minor', d.billed_minor) order by d.line_number)
   from billing.judgement d where d.organisation_id = a.organisation_id and d.attempt_id = a.attempt_id)::text
from billing.posting_attempt a where a.organisation_id = :organisation and a.attempt_id = :attempt_id

-- query: count_refused_lines
-- By who did the work that was known then, or else recorded it, or else tried to bill. Lines of one attempt on one item are counted before anybody is looked for:
-- a thousand that say the same are one question.
with counted as (
  select d.attempt_id, d.code, d.item_id, d.currency, count(*) as lines, sum(d.net_minor) as net_minor
  from billing.posting_attempt a join billing.decision d on d.organisation_id = a.organisation_id and d.attempt_id = a.attempt_id and d.code is not null
  where a.organisation_id = :organisation and a.verdict = 'refused' and a.attempted_at >= :from_at::timestamptz and a.attempted_at < :until_at::timestamptz
  group by d.attempt_id, d.code, d.item_id, d.currency)
select * from (
  select d.code, p.technician, (select s.name from identity.staff s where s.organisation_id = :organisation and 'staff:' || s.staff_id = p.technician) as technician_name,
    o.catalogue_item_id as book_item, coalesce(p.own_words, max(o.description)) as description, d.currency,
    sum(d.lines)::int as lines, count(distinct a.attempt_id)::int as attempts, least(sum(d.net_minor), 9e18)::bigint as asked_minor,
    (array_agg(a.attempt_id order by a.attempt_id desc))[1] as last_attempt_id, max(a.attempted_at) as last_attempted_at,
    concat_ws(' ', d.code, p.technician, d.currency, o.catalogue_item_id, encode(sha256(convert_to(p.own_words, 'UTF8')), 'hex')) collate "C" as place
  from counted d
  join billing.posting_attempt a on a.organisation_id = :organisation and a.attempt_id = d.attempt_id
  left join authorisations.offer_item o on o.organisation_id = :organisation and o.item_id = d.item_id
  left join lateral (
    select coalesce('staff:' || w.staff_id, w.recorded_by) as who from authorisations.work_record w
    where w.organisation_id = :organisation and w.item_id = d.item_id and w.recorded_at <= a.attempted_at order by w.recorded_at desc, w.work_record_id desc limit 1) w on true
  cross join lateral (select coalesce(w.who, a.attempted_by) as technician, case when o.catalogue_item_id is null then o.description end as own_words) p
  group by d.code, p.technician, o.catalogue_item_id, p.own_words, d.currency) r
where :after_lines::int is null or r.lines < :after_lines::int or (r.lines = :after_lines::int and r.place > :after_place::text collate "C")
order by r.lines desc, r.place limit :limit::int + 1
