-- verb: ask_for_itemised_bill
-- A wish is kept whenever it comes; by the law of the place it has to be met, and by when, or may be declined.
with invoice as (
  select i.*, (:at::timestamptz at time zone o.zone)::date as asked_on from billing.invoice i join identity.organisation o on o.organisation_id = i.organisation_id
  where i.organisation_id = :organisation and i.invoice_id = :invoice_id::uuid),
law as (
  select l.* from (
    select s.law_jurisdiction, s.law_trade, s.law_price_form from billing.invoice_scope b
    join authorisations.scope s on s.organisation_id = b.organisation_id and s.scope_id = b.scope_id
    where b.organisation_id = :organisation and b.invoice_id = :invoice_id::uuid
    union all select 'ZZ', 'any', 'any') p
  join authorisations.law l on (l.jurisdiction, l.trade, l.price_form) = (p.law_jurisdiction, p.law_trade, p.law_price_form)
  order by l.itemised_request_days desc, l.jurisdiction limit 1),
known as (
  select r.*, r.invoice_id = :invoice_id::uuid as same from billing.itemised_request r where r.organisation_id = :organisation and r.request_id = :request_id::uuid),
asked as (
  insert into billing.itemised_request (organisation_id, request_id, invoice_id, customer_id, currency, issued_on, asked_on, law_jurisdiction, law_trade, law_price_form,
    request_days, reply_days, recorded_by)
  select :organisation, :request_id::uuid, i.invoice_id, i.customer_id, i.currency, i.issued_on, i.asked_on, l.jurisdiction, l.trade, l.price_form, l.itemised_request_days,
    l.itemised_reply_days, :actor
  from invoice i cross join law l where not exists (select from known)
  returning request_id, invoice_id, customer_id, asked_on, may_decline, reply_by),
happened as (
  select 'itemised_bill_asked_for' as kind, customer_id, 'invoice' as subject_kind, invoice_id as subject_id,
    jsonb_build_object('request_id', request_id, 'asked_on', asked_on, 'may_decline', may_decline, 'reply_by', reply_by) as body from asked),
answer as (
  select status, null::text as code, jsonb_build_object('id', request_id, 'invoice_id', invoice_id, 'asked_on', asked_on, 'may_decline', may_decline, 'reply_by', reply_by) as body
  from (select request_id, invoice_id, asked_on, may_decline, reply_by, 201 as status from asked
        union all select request_id, invoice_id, asked_on, may_decline, reply_by, 200 from known where same) r
  union all select 409, 'ID_TAKEN', '{}'::jsonb from known where not same)

-- verb: give_itemised_bill
-- Once for each wish; the second time says the same. Late ones say so and are kept.
with asked as (
  select r.*, o.zone from billing.itemised_request r join identity.organisation o on o.organisation_id = r.organisation_id
  where r.organisation_id = :organisation and r.request_id = :request_id::uuid),
known as (select g.given_at from billing.itemised_bill g where g.organisation_id = :organisation and g.request_id = :request_id::uuid),
given as (
  insert into billing.itemised_bill (organisation_id, request_id, given_by)
  select :organisation, request_id, :actor from asked where not exists (select from known) returning given_at),
body as (
  select a.*, g.given_at, g.status, coalesce((g.given_at at time zone a.zone)::date > a.reply_by, false) as late
  from asked a cross join (select given_at, 201 as status from given union all select given_at, 200 from known) g),
happened as (
  select 'itemised_bill_given' as kind, customer_id, 'invoice' as subject_kind, invoice_id as subject_id, jsonb_build_object('request_id', request_id, 'late', late) as body
  from body where status = 201),
answer as (
  select b.status, null::text as code, jsonb_build_object('id', b.request_id, 'invoice_id', b.invoice_id, 'given_at', to_char(b.given_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'late', b.late, 'charge_minor', 0, 'currency', b.currency, 'lines', (
      select jsonb_agg(jsonb_build_object('number', l.line_number, 'description', l.description, 'quantity', authorisations.quantity(l.quantity_numerator, l.quantity_denominator),
        'unit', l.unit, 'unit_price', authorisations.quantity(l.price_numerator, l.price_denominator), 'net_minor', l.net_minor) order by l.line_number)
      from billing.invoice_line l where l.organisation_id = b.organisation_id and l.invoice_id = b.invoice_id)) as body from body b)
