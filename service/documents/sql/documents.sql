-- query: receipt_told
select
-- include: documents/company
, c.name, c.language, c.zone, r.receipt_number, p.amount_minor, p.currency, p.method, p.captured_at, r.issued_at,
       (select s.name from identity.staff s where s.organisation_id = p.organisation_id and s.staff_id = p.taken_by),
       coalesce((select jsonb_agg(jsonb_build_object('number', i.series || '-' || i.number, 'paid_minor', (x ->> 'paid_minor')::bigint, 'open_minor', (x ->> 'open_minor')::bigint) order by n)
         from jsonb_array_elements(r.outcome -> 'paid') with ordinality as e (x, n)
         join billing.invoice i on i.organisation_id = p.organisation_id and i.invoice_id = (x ->> 'invoice_id')::uuid), '[]'),
       (r.outcome ->> 'credit_minor')::bigint,
       coalesce((select jsonb_agg(x ->> 'paid_through_on' order by n) from jsonb_array_elements(r.outcome -> 'services') with ordinality as e (x, n)), '[]'),
       exists (select from billing.payment_reversal v where v.organisation_id = p.organisation_id and v.payment_id = p.payment_id)
from billing.payment p
join billing.receipt r on r.organisation_id = p.organisation_id and r.payment_id = p.payment_id
join customers.customer c on c.organisation_id = p.organisation_id and c.customer_id = p.customer_id
join identity.organisation o on o.organisation_id = p.organisation_id
where p.organisation_id = :organisation and p.payment_id = :payment_id

-- query: invoice_told
-- As issued, and between whom; what was paid since is the account's to say, but for what is open now, which is what a payer needs.
select
-- include: documents/company
, concat_ws(', ', c.name, c.street, nullif(concat_ws(' ', c.postcode, c.city), ''), c.country), c.language, c.zone, i.series || '-' || i.number, i.currency, i.tax_basis, i.issued_at, i.issued_on, i.due_on, i.lines_minor, i.total_minor,
       (select jsonb_agg(jsonb_build_object('scope_id', l.scope_id, 'kind', t.kind, 'condition', t.condition, 'description', l.description, 'unit', l.unit,
           'quantity', authorisations.quantity(l.quantity_numerator, l.quantity_denominator), 'unit_price', authorisations.quantity(l.price_numerator, l.price_denominator),
           'net_minor', l.net_minor, 'warranty', jsonb_build_object('months', v.warranty_months, 'distance', v.warranty_distance, 'unit', v.warranty_unit)) order by l.line_number)
        from billing.invoice_line l left join authorisations.offer_item t on t.organisation_id = l.organisation_id and t.item_id = l.item_id
        left join catalogue.item_version v on v.organisation_id = l.organisation_id and v.item_id = t.catalogue_item_id and v.effective_on = t.catalogue_effective_on
        where l.organisation_id = i.organisation_id and l.invoice_id = i.invoice_id),
       (select jsonb_agg(jsonb_build_object('rate', authorisations.quantity(t.tax_numerator::numeric * 100, t.tax_denominator), 'tax_minor', t.tax_minor) order by t.position)
        from billing.invoice_tax t where t.organisation_id = i.organisation_id and t.invoice_id = i.invoice_id),
       coalesce((select jsonb_agg(s.scope_id order by s.scope_id) from billing.invoice_scope s where s.organisation_id = i.organisation_id and s.invoice_id = i.invoice_id), '[]'),
       jsonb_build_object('holder', o.account_holder, 'iban', o.iban, 'bic', o.bic, 'details', o.bank_details), kit.creditor_reference(i.series || '-' || i.number),
       coalesce((select a.open_after + a.written_off_after from billing.allocation a where a.organisation_id = i.organisation_id and a.invoice_id = i.invoice_id order by a.step desc limit 1), i.total_minor)
from billing.invoice i
join customers.customer_step c on c.organisation_id = i.organisation_id and c.customer_id = i.customer_id and c.version = i.customer_version
join identity.organisation_step o on o.organisation_id = i.organisation_id and o.version = i.organisation_version
where i.organisation_id = :organisation and i.invoice_id = :invoice_id

-- query: credit_note_told
-- As issued. Its tax by rate and what it paid are read from its own transfers, which moved the money.
select
-- include: documents/company
, concat_ws(', ', c.name, c.street, nullif(concat_ws(' ', c.postcode, c.city), ''), c.country), c.language, n.series || '-' || n.number, n.currency, i.tax_basis, n.issued_at, n.issued_on, n.reason, i.series || '-' || i.number, i.issued_on as invoice_issued_on,
       n.lines_minor, n.total_minor,
       (select jsonb_agg(jsonb_build_object('line_number', l.line_number, 'description', l.description, 'unit', l.unit,
           'quantity', authorisations.quantity(l.quantity_numerator::numeric * x.ticks, l.quantity_denominator::numeric * x.line_ticks),
           'unit_price', authorisations.quantity(l.price_numerator, l.price_denominator), 'net_minor', x.net_minor) order by l.line_number)
        from billing.credit_line x
        join billing.invoice_line l on l.organisation_id = x.organisation_id and l.invoice_id = x.invoice_id and l.line_number = x.line_number
        where x.organisation_id = n.organisation_id and x.credit_note_id = n.credit_note_id),
       (select jsonb_agg(jsonb_build_object('rate', authorisations.quantity(r.tax_numerator::numeric * 100, r.tax_denominator), 'tax_minor', coalesce((
           select sum(t.amount_minor)::bigint from billing.transfer t where t.organisation_id = n.organisation_id and t.posting_id = n.credit_note_id and t.debit_kind = 'tax'
             and t.debit_holder = r.tax_category || ' ' || r.tax_numerator || '/' || r.tax_denominator), 0)) order by r.position)
        from billing.invoice_tax r where r.organisation_id = n.organisation_id and r.invoice_id = n.invoice_id and exists (
          select from billing.credit_line x
          join billing.invoice_line l on l.organisation_id = x.organisation_id and l.invoice_id = x.invoice_id and l.line_number = x.line_number
          where x.organisation_id = n.organisation_id and x.credit_note_id = n.credit_note_id
            and (l.tax_category, l.tax_numerator, l.tax_denominator) = (r.tax_category, r.tax_numerator, r.tax_denominator))),
       coalesce((select jsonb_agg(jsonb_build_object('number', p.series || '-' || p.number, 'paid_minor', a.amount_minor, 'open_minor', a.open_after) order by a.ordinal)
        from billing.allocation a join billing.invoice p on p.organisation_id = a.organisation_id and p.invoice_id = a.invoice_id
        where a.organisation_id = n.organisation_id and a.posting_id = n.credit_note_id), '[]')
from billing.credit_note n
join billing.invoice i on i.organisation_id = n.organisation_id and i.invoice_id = n.invoice_id
join customers.customer_step c on c.organisation_id = n.organisation_id and c.customer_id = n.customer_id and c.version = n.customer_version
join identity.organisation_step o on o.organisation_id = n.organisation_id and o.version = n.organisation_version
where n.organisation_id = :organisation and n.credit_note_id = :credit_note_id

-- query: invoice_traded
-- As an e-invoice tells it: what was delivered when is when the work on its items was done, or the periods that it bills.
select '380' as type_code, i.series || '-' || i.number, i.issued_on, i.due_on, i.currency, i.tax_basis, c.language,
       coalesce((select string_agg(s.reference, ', ' order by s.reference) from billing.invoice_scope b
         join authorisations.scope s on s.organisation_id = b.organisation_id and s.scope_id = b.scope_id
         where b.organisation_id = i.organisation_id and b.invoice_id = i.invoice_id), '') as note, null::text as corrects, null::date as corrects_issued_on,
-- include: documents/traded_parties
       , (select jsonb_agg(jsonb_build_object('number', l.line_number, 'description', l.description, 'unit', l.unit,
           'quantity', authorisations.quantity(l.quantity_numerator, l.quantity_denominator), 'unit_price', authorisations.quantity(l.price_numerator, l.price_denominator),
           'discount_minor', l.discount_minor, 'net_minor', l.net_minor, 'category', l.tax_category,
           'rate', authorisations.quantity(l.tax_numerator::numeric * 100, l.tax_denominator)) order by l.line_number)
         from billing.invoice_line l where l.organisation_id = i.organisation_id and l.invoice_id = i.invoice_id),
       (select jsonb_agg(jsonb_build_object('category', r.tax_category, 'rate', authorisations.quantity(r.tax_numerator::numeric * 100, r.tax_denominator),
           'lines_minor', r.lines_minor, 'tax_minor', r.tax_minor,
-- include: documents/exemption
           ) order by r.position)
         from billing.invoice_tax r where r.organisation_id = i.organisation_id and r.invoice_id = i.invoice_id),
       i.total_minor,
       coalesce((select a.open_after + a.written_off_after from billing.allocation a where a.organisation_id = i.organisation_id and a.invoice_id = i.invoice_id order by a.step desc limit 1), i.total_minor),
       jsonb_build_object('holder', o.account_holder, 'iban', o.iban, 'bic', o.bic, 'details', o.bank_details), kit.creditor_reference(i.series || '-' || i.number),
       d.delivered_from, d.delivered_until
from billing.invoice i
join customers.customer_step c on c.organisation_id = i.organisation_id and c.customer_id = i.customer_id and c.version = i.customer_version
join identity.organisation_step o on o.organisation_id = i.organisation_id and o.version = i.organisation_version
-- include: documents/agreed_vat_ids
-- include: documents/delivered
where i.organisation_id = :organisation and i.invoice_id = :invoice_id

-- query: credit_note_traded
select '381' as type_code, n.series || '-' || n.number, n.issued_on, null::date as due_on, n.currency, i.tax_basis, c.language, n.reason as note,
       i.series || '-' || i.number as corrects, i.issued_on as corrects_issued_on,
-- include: documents/traded_parties
       , x.lines, x.taxes, n.total_minor, n.total_minor as open_minor, jsonb_build_object('holder', '', 'iban', '', 'bic', '', 'details', ''), '', d.delivered_from, d.delivered_until
from billing.credit_note n
join billing.invoice i on i.organisation_id = n.organisation_id and i.invoice_id = n.invoice_id
join customers.customer_step c on c.organisation_id = n.organisation_id and c.customer_id = n.customer_id and c.version = n.customer_version
join identity.organisation_step o on o.organisation_id = n.organisation_id and o.version = n.organisation_version
-- include: documents/agreed_vat_ids
-- include: documents/delivered
cross join lateral (
  select jsonb_agg(jsonb_build_object('number', l.line_number, 'description', l.description, 'unit', l.unit,
      'quantity', authorisations.quantity(l.quantity_numerator::numeric * x.ticks, l.quantity_denominator::numeric * x.line_ticks),
      'unit_price', authorisations.quantity(l.price_numerator, l.price_denominator), 'discount_minor', 0, 'net_minor', x.net_minor, 'category', l.tax_category,
      'rate', authorisations.quantity(l.tax_numerator::numeric * 100, l.tax_denominator)) order by l.line_number) as lines,
    (select jsonb_agg(jsonb_build_object('category', r.tax_category, 'rate', authorisations.quantity(r.tax_numerator::numeric * 100, r.tax_denominator),
        'lines_minor', r.lines_minor, 'tax_minor', coalesce((
          select sum(t.amount_minor)::bigint from billing.transfer t where t.organisation_id = n.organisation_id and t.posting_id = n.credit_note_id and t.debit_kind = 'tax'
            and t.debit_holder = r.tax_category || ' ' || r.tax_numerator || '/' || r.tax_denominator), 0),
-- include: documents/exemption
        ) order by r.position)
     from (
       select t.position, t.tax_category, t.tax_numerator, t.tax_denominator, sum(y.net_minor)::bigint as lines_minor
       from billing.credit_line y
       join billing.invoice_line m on m.organisation_id = y.organisation_id and m.invoice_id = y.invoice_id and m.line_number = y.line_number
       join billing.invoice_tax t on t.organisation_id = m.organisation_id and t.invoice_id = m.invoice_id
         and (t.tax_category, t.tax_numerator, t.tax_denominator) = (m.tax_category, m.tax_numerator, m.tax_denominator)
       where y.organisation_id = n.organisation_id and y.credit_note_id = n.credit_note_id
       group by 1, 2, 3, 4) r) as taxes
  from billing.credit_line x
  join billing.invoice_line l on l.organisation_id = x.organisation_id and l.invoice_id = x.invoice_id and l.line_number = x.line_number
  where x.organisation_id = n.organisation_id and x.credit_note_id = n.credit_note_id) x
where n.organisation_id = :organisation and n.credit_note_id = :credit_note_id

-- query: scope_of_job
select j.scope_id from dispatch.job j where j.organisation_id = :organisation and j.job_id = :job_id

-- query: scope_of_offer
select o.scope_id from authorisations.offer o where o.organisation_id = :organisation and o.offer_id = :offer_id

-- query: matter_told
-- The times of a matter are told in the zone of its place, which is where it was said to be at a moment if one is named; its law on such a document is that of where it was opened.
select
-- include: documents/company
, c.name, c.language, coalesce(was.zone, t.zone, :zone::text, c.zone), coalesce(was.address, t.address), s.scope_id, s.reference,
       coalesce((select jsonb_build_object('asks', l.asks, 'notice', l.notice, 'citation', l.citation)
         from authorisations.paper_law_of(s.site_jurisdiction, s.trade, :document::text) l), '{}'), s.currency, p.combine = 'none', p.citation, j.symptom,
       s.opened_at, thing.told, coalesce(read.told, '[]')
from authorisations.scope s
join authorisations.policy p on p.organisation_id = s.organisation_id and p.policy_name = s.policy_name and p.policy_version = s.policy_version
join customers.customer c on c.organisation_id = s.organisation_id and c.customer_id = s.customer_id
join identity.organisation o on o.organisation_id = s.organisation_id
left join dispatch.job j on j.organisation_id = s.organisation_id and j.scope_id = s.scope_id
left join subscriptions.subscription u on u.organisation_id = s.organisation_id and u.scope_id = s.scope_id
left join customers.site t on t.organisation_id = s.organisation_id and t.customer_id = s.customer_id and t.site_id = coalesce(j.site_id, u.site_id)
left join lateral (
  select x.address, x.zone from customers.site_step x
  where x.organisation_id = t.organisation_id and x.customer_id = t.customer_id and x.site_id = t.site_id and :until::timestamptz is not null
  order by x.recorded_at <= :until::timestamptz desc, case when x.recorded_at <= :until::timestamptz then -x.version else x.version end limit 1) was on true
left join lateral (
  select jsonb_build_object('name', x.name, 'plate', x.plate, 'serial', x.serial) as told from customers.asset_step x
  where x.organisation_id = :organisation and x.customer_id = j.customer_id and x.asset_id = j.asset_id
  order by x.recorded_at <= coalesce(:until::timestamptz, 'infinity') desc, case when x.recorded_at <= coalesce(:until::timestamptz, 'infinity') then -x.version else x.version end limit 1) thing on true
left join lateral (
  select jsonb_agg(jsonb_build_object('taken_when', r.taken_when, 'value', r.value, 'unit', r.unit) order by r.taken_when) as told
  from (values ('intake'), ('return')) k (taken_when)
  cross join lateral (
    select r.* from dispatch.job_reading r
    where r.organisation_id = :organisation and r.job_id = j.job_id and r.taken_when = k.taken_when and r.recorded_at <= coalesce(:until::timestamptz, 'infinity')
    order by r.step desc limit 1) r) read on true
where s.organisation_id = :organisation and s.scope_id = :scope_id

-- query: original_estimate
-- The wording that the customer saw, or agreed to by word of mouth, before any other.
-- include: documents/revision
cross join lateral (select least(
  (select min(p.presented_at) from authorisations.presentation p where p.organisation_id = r.organisation_id and p.offer_id = r.offer_id and p.revision = r.revision),
  (select min(a.recorded_at) from authorisations.authorisation a where a.organisation_id = r.organisation_id and a.offer_id = r.offer_id and a.revision = r.revision)) as at) known
where r.organisation_id = :organisation and r.scope_id = :scope_id and known.at is not null and (:until::timestamptz is null or known.at <= :until::timestamptz)
order by known.at, r.made_at, r.offer_id, r.revision limit 1

-- query: revision_told
-- include: documents/revision
where r.organisation_id = :organisation and r.offer_id = :offer_id and (:revision::int is null or r.revision = :revision) order by r.revision desc limit 1

-- query: consents_told
-- What the customer said in a matter, in the order of its chain. Words of a person who was erased are gone; that there were some, their commitment tells.
select a.seq, a.kind, a.channel, a.method, a.offer_id, a.revision, r.tax_basis,
       (select b.seq from authorisations.authorisation b where b.organisation_id = a.organisation_id and b.authorisation_id = a.revokes) as revokes_seq,
       case when d.authoriser_name = a.contact_id::text then (select c.name from customers.contact c
         where c.organisation_id = a.organisation_id and c.customer_id = a.customer_id and c.contact_id = a.contact_id) else d.authoriser_name end,
       d.contact_point, a.authoriser_commitment is not null and d.authorisation_id is null, a.authoriser_capacity,
       coalesce((select s.name from identity.staff s where s.organisation_id = a.organisation_id and s.staff_id::text = a.received_by), a.received_by),
       a.conditions, a.consented_at, a.recorded_at, a.active or a.kind = 'revocation', a.shortcoming, a.added_minor, a.revised_total_minor, encode(a.entry_hash, 'hex'),
       (select coalesce(jsonb_agg(jsonb_build_object('verdict', v.verdict) ||
-- include: documents/item
         order by i.position), '[]')
        from authorisations.authorisation_item v join authorisations.offer_item i on i.organisation_id = v.organisation_id and i.item_id = v.item_id
        where v.organisation_id = a.organisation_id and v.authorisation_id = coalesce(a.revokes, a.authorisation_id))::text
from authorisations.authorisation a
join authorisations.offer_revision r on r.organisation_id = a.organisation_id and r.offer_id = a.offer_id and r.revision = a.revision
left join authorisations.consent_detail d on d.organisation_id = a.organisation_id and d.authorisation_id = a.authorisation_id
where a.organisation_id = :organisation and a.scope_id = :scope_id and (:until::timestamptz is null or a.recorded_at <= :until::timestamptz)
order by a.seq

-- query: bills_told
select i.series || '-' || i.number, i.issued_on, i.total_minor
from billing.invoice_scope s join billing.invoice i on i.organisation_id = s.organisation_id and i.invoice_id = s.invoice_id
where s.organisation_id = :organisation and s.scope_id = :scope_id order by i.issued_at, i.series, i.number
