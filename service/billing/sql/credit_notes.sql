-- verb: credit_invoice
-- A credit gives back at most what its lines still hold, sets exactly that capacity free, and pays the invoice's open rest before it becomes the customer's credit.
with asked as (
  select * from jsonb_to_recordset(:lines::jsonb) as l (n int, line_number int, qn bigint, qd bigint, amount bigint)),
invoice as (
  select i.*, c.version as told_customer, o.version as told_organisation, (:at::timestamptz at time zone o.zone)::date as today
  from billing.invoice i join identity.organisation o on o.organisation_id = i.organisation_id
  join customers.customer c on c.organisation_id = i.organisation_id and c.customer_id = i.customer_id
  where i.organisation_id = :organisation::uuid and i.invoice_id = :invoice_id::uuid),
known as (
  select c.*, c.input_hash = :input_hash::bytea as same from billing.credit_note c where c.organisation_id = :organisation and c.credit_note_id = :credit_note_id::uuid),
held as (
  select a.n, a.line_number, a.amount, l.item_id, l.ticks as line_ticks, l.net_minor as line_net, l.tax_category, l.tax_numerator, l.tax_denominator, o.kind as item_kind, l.unit,
    coalesce(t.step, 0) as step, coalesce(t.ticks_after, 0) as ticks_before, coalesce(t.net_after, 0) as net_before,
    a.qn::numeric * l.ticks * l.quantity_denominator as tick_numerator, a.qd::numeric * l.quantity_numerator as tick_denominator,
    l.quantity_numerator, l.quantity_denominator
  from asked a cross join invoice i
  left join lateral (select l.* from billing.invoice_line l
    where l.organisation_id = :organisation and l.invoice_id = i.invoice_id and l.line_number = a.line_number and not l.free limit 1) l on true
  left join lateral (select o.kind from authorisations.offer_item o where o.organisation_id = :organisation and o.item_id = l.item_id limit 1) o on true
  left join lateral (
    select c.step, c.ticks_after, c.net_after from billing.credit_line c
    where c.organisation_id = :organisation and c.invoice_id = i.invoice_id and c.line_number = a.line_number order by c.step desc limit 1) t on true),
sized as (
  select *, div(tick_numerator, tick_denominator) as dt, tick_numerator % tick_denominator <> 0 as uneven from held),
valued as (
  select *, coalesce(amount, kit.rounded(line_net * least(ticks_before + dt, line_ticks), line_ticks) - kit.rounded(line_net * ticks_before::numeric, line_ticks)) as net from sized),
judged as (
  select *, code is not null as refused from (
    select *, case
      when item_id is null or uneven or ticks_before + dt > line_ticks or net_before + net > line_net or (dt = 0 and net = 0) then 'CREDIT_EXCEEDS_INVOICE'
      when (2 * (net_before + net)::numeric + 1) * line_ticks < 2 * line_net::numeric * (ticks_before + dt) then 'CREDIT_BELOW_ITS_SHARE' end as code
    from valued) v),
go as (
  select 1 from invoice where not exists (select from known) and not exists (select from judged where refused)),
term as (
  select k.* from (select distinct item_id from judged) j
  cross join lateral (select k.item_id, k.scope_id, k.authorisation_id, k.ticks, k.period_ticks, k.denominator, k.price_numerator, k.price_denominator, k.currency, k.recurring,
    k.authorised_at, k.valid_until, k.cap_minor from authorisations.capacity_item k where k.organisation_id = :organisation and k.item_id = j.item_id limit 1) k),
move as (
  select n::bigint as ord, item_id, 'credit' as kind, :credit_note_id::uuid as subject, 0::bigint as d_granted, 0::bigint as d_performed, -dt as d_billed, -net as d_net,
    null::timestamptz as revoked_to, null::timestamptz as started_at, null::timestamptz as ended_at, null::boolean as supplied, :invoice_id::uuid as credited_invoice_id,
    line_number as credited_line, step + 1 as credit_step
  from judged where not refused),
-- include: authorisations/item_moves
-- include: authorisations/steps
,
-- include: authorisations/append
,
-- tax telescopes too: credits of one rate come to the tax of their sum
before_by_rate as (
  select l.tax_category, l.tax_numerator, l.tax_denominator, sum(t.net_after) as net
  from invoice i cross join lateral (select l.* from billing.invoice_line l where l.organisation_id = :organisation and l.invoice_id = i.invoice_id offset 0) l
  cross join lateral (
    select c.net_after from billing.credit_line c where c.organisation_id = :organisation and c.invoice_id = i.invoice_id and c.line_number = l.line_number
    order by c.step desc limit 1) t
  group by 1, 2, 3),
taxed as (
  select j.tax_category || ' ' || j.tax_numerator || '/' || j.tax_denominator as rate, sum(j.net) as lines_minor,
    kit.rounded((coalesce(min(b.net), 0) + sum(j.net)) * j.tax_numerator, j.tax_denominator::numeric + case i.tax_basis when 'incl' then j.tax_numerator else 0 end)
    - kit.rounded(coalesce(min(b.net), 0) * j.tax_numerator, j.tax_denominator::numeric + case i.tax_basis when 'incl' then j.tax_numerator else 0 end) as tax_minor
  from judged j cross join invoice i
  left join before_by_rate b on (b.tax_category, b.tax_numerator, b.tax_denominator) = (j.tax_category, j.tax_numerator, j.tax_denominator)
  where exists (select from go)
  group by j.tax_category, j.tax_numerator, j.tax_denominator, i.tax_basis),
sums as (
  select sum(t.lines_minor)::bigint as lines_minor, sum(t.tax_minor)::bigint as tax_minor,
    (sum(t.lines_minor) + case i.tax_basis when 'excl' then sum(t.tax_minor) else 0 end)::bigint as total_minor
  from taxed t cross join invoice i group by i.tax_basis),
issue as (
  select :credit_note_id::uuid as credit_note_id, i.invoice_id, i.customer_id, i.told_customer, i.told_organisation, i.currency, i.today, s.*
  from invoice i cross join sums s cross join go),
credit_lines as (
  insert into billing.credit_line (organisation_id, invoice_id, line_number, step, credit_note_id, item_id, line_ticks, line_net, ticks_before, ticks_after, net_before, net_after)
  select :organisation, c.invoice_id, j.line_number, j.step + 1, c.credit_note_id, j.item_id, j.line_ticks, j.line_net, j.ticks_before, j.ticks_before + j.dt, j.net_before,
    j.net_before + j.net
  from judged j cross join issue c
  returning step),
-- money: out of revenue and tax, into the customer's credit, which pays this invoice first
kinds as (
  select item_kind as kind, sum(net) as priced_minor, sum(sum(net)) over (order by item_kind) as running_minor, sum(sum(net)) over () as whole_minor
  from judged where not refused group by item_kind having sum(net) > 0),
given_back as (
  select 'revenue' as debit_kind, k.kind as debit_holder,
    (div((c.total_minor - c.tax_minor) * k.running_minor, k.whole_minor) - div((c.total_minor - c.tax_minor) * (k.running_minor - k.priced_minor), k.whole_minor))::bigint as amount_minor
  from issue c cross join kinds k
  union all
  select 'tax', rate, tax_minor from taxed),
numbered_back as (
  select *, (row_number() over (order by debit_kind, debit_holder))::int as ordinal from given_back where amount_minor > 0),
incoming as (
  select c.credit_note_id as posting_id, c.customer_id, c.currency, c.total_minor as amount_minor, c.invoice_id, c.today, (select count(*)::int + 1 from numbered_back) as first_ordinal
  from issue c where c.total_minor > 0),
-- include: billing/allocate
,
moved as (
  select c.credit_note_id as posting_id, b.ordinal, 'credit_note' as kind, b.debit_kind, b.debit_holder, 'customer_credit' as credit_kind, c.customer_id::text as credit_holder,
    c.currency, b.amount_minor, c.customer_id as strand, 'credit_note' as subject_kind, c.credit_note_id as subject_id, :at::timestamptz as occurred_at
  from issue c cross join numbered_back b
  union all
  select posting_id, ordinal, 'allocation', 'customer_credit', customer_id::text, 'receivable', customer_id::text, currency, paid_minor, customer_id, 'invoice', invoice_id,
    :at::timestamptz
  from taken),
-- include: billing/transfers
,
-- include: subscriptions/grant_nothing
,
-- include: subscriptions/settle
,
-- include: dispatch/withdraw_collections
,
-- the number is taken last, so that nobody waits for what is judged and written above; what others may open too comes after it
note as (
  insert into billing.credit_note (organisation_id, credit_note_id, invoice_id, customer_id, customer_version, organisation_version, currency, series, number, input_hash, lines_minor, tax_minor, total_minor, reason,
    issued_by, issued_on)
  select :organisation, c.credit_note_id, c.invoice_id, c.customer_id, c.told_customer, c.told_organisation, c.currency, n.series,
    billing.next_credit_number(n.series, (select count(*) from appended) + (select count(*) from credit_lines) + (select count(*) from transferred) + (select count(*) from entered)),
    :input_hash, c.lines_minor, c.tax_minor, c.total_minor, :reason::text, :actor, c.today
  from issue c cross join lateral (select 'CN-' || extract(year from c.today) as series) n
  returning credit_note_id, customer_id, invoice_id, currency, series, number, tax_minor, total_minor),
pointless_attempt as (
  select a.attempt_id from settled s join billing.collection_attempt a on a.organisation_id = :organisation::uuid and a.invoice_id = s.invoice_id
  where a.state in ('begun', 'open', 'processing')),
happened as (
  select 'invoice_credited' as kind, customer_id, 'invoice' as subject_kind, invoice_id as subject_id,
    jsonb_build_object('credit_note_id', credit_note_id, 'number', series || '-' || number, 'currency', currency, 'total_minor', total_minor, 'tax_minor', tax_minor) as body from note
  union all
  select 'invoice_paid', customer_id, 'invoice', invoice_id, jsonb_build_object('credit_note_id', posting_id, 'currency', currency, 'total_minor', total_minor)
  from taken where paid_minor = open_minor and written_off_minor = 0
  union all
  select kind, customer_id, subject_kind, subject_id, body from subscription_facts
  union all
  select 'visit_withdrawn', customer_id, 'visit', visit_id, jsonb_build_object('job_id', job_id, 'credit_note_id', :credit_note_id) from withdrawn_visits
  union all
  select kind, customer_id, subject_kind, subject_id, body from withdrawal_facts
  union all
  select 'credit_refused', i.customer_id, 'invoice', i.invoice_id, jsonb_build_object('lines', (select jsonb_agg(line_number order by n) from judged where refused))
  from invoice i where not exists (select from known) and not exists (select from go)),
wanted as (
  select task_id, kind, subject_id, due_at, body from subscription_tasks
  union all
  select md5('credit_note' || credit_note_id)::uuid, 'send_notice', credit_note_id, :at::timestamptz, jsonb_build_object('notice', 'credit_note', 'customer_id', customer_id) from note
  union all
  select md5('cancel' || attempt_id || :credit_note_id::text)::uuid, 'cancel_attempt', attempt_id, :at::timestamptz, '{}'::jsonb from pointless_attempt),
credited as (
  select credit_note_id, invoice_id, series, number, currency, total_minor, tax_minor, 201 as status from note
  union all select credit_note_id, invoice_id, series, number, currency, total_minor, tax_minor, 200 from known where same),
answer as (
  select status, null::text as code, jsonb_build_object('id', credit_note_id, 'invoice_id', invoice_id, 'number', series || '-' || number, 'currency', currency,
    'total_minor', total_minor, 'tax_minor', tax_minor) as body from credited
  union all select 409, 'ID_TAKEN', '{}'::jsonb from known where not same
  union all
  select 422, (select code from judged where refused order by n limit 1), jsonb_build_object('lines', (
    select jsonb_agg(jsonb_build_object('index', n - 1, 'code', code,
      'detail', case code when 'CREDIT_EXCEEDS_INVOICE' then 'The line holds no more than this.' else 'This is less money than that quantity came to.' end,
      'billed', case when item_id is not null then authorisations.quantity(quantity_numerator, quantity_denominator) end,
      'allowed', case when item_id is not null then authorisations.quantity((line_ticks - ticks_before)::numeric * quantity_numerator, line_ticks::numeric * quantity_denominator)
        || ' ' || unit || ', ' || (line_net - net_before) end) order by n) from judged where refused))
  from invoice where not exists (select from known) and not exists (select from go))
