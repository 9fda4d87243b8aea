-- verb: post_invoice
-- An invoice posts whole or not at all. Every line is judged in the order of the rule; every attempt and decision is kept.
-- The parts of `supplies` are for an invoice that supplies periods of subscriptions; one that supplies none can't change what is paid for.
with line as (
  select * from jsonb_to_recordset(:lines::jsonb) as l (n int, item_id uuid, qn bigint, qd bigint, pn bigint, pd bigint, unit text, discount bigint, amount bigint, description text,
    sku text, condition text, method text, work uuid[], supply_id uuid, period_from date, period_until date, line_hash text)),
payer as (
  select c.customer_id, c.version as customer_version, o.version as organisation_version, (:at::timestamptz at time zone o.zone)::date as issued_on
  from customers.customer c join identity.organisation o on o.organisation_id = c.organisation_id
  where c.organisation_id = :organisation::uuid and c.customer_id = :customer_id::uuid),
known as (
  select i.*, i.input_hash = :input_hash::bytea as same from billing.invoice i where i.organisation_id = :organisation and i.invoice_id = :invoice_id::uuid),
-- what each line cites, as far as it is found
cited as (
  select l.*, o.item_id is not null as found, o.scope_id, s.customer_id as scope_customer_id, o.offer_hash, o.description as item_words, o.unit as item_unit, o.conversions, o.denominator, o.currency as item_currency,
    o.tax_basis as item_tax_basis, o.tax_category, o.tax_numerator, o.tax_denominator, o.sku as item_sku, o.alternates, o.condition as item_condition, o.method as item_method,
    o.kind as item_kind, o.recurring as item_recurring, coalesce(l.description, o.description) as words, s.combine, s.pct_numerator, s.pct_denominator, s.abs_minor, s.hard_cap_minor,
    s.at_limit_refuses, s.policy_name, s.policy_version,
    case when s.overrun_notice then authorisations.notice_missing(s.organisation_id, s.scope_id) else false end as notice_missing, k.item_id is not null as granted, k.authorisation_id, k.price_numerator, k.price_denominator, k.cap_minor, k.period_ticks, k.authorised_at,
    k.valid_until, k.ticks, k.currency, k.recurring, k.granted_after, k.performed_after, k.billed_after, k.net_after, k.revoked_after,
    k.seq as tail_seq, k.item_seq as tail_item_seq, k.entitled_item as tail_entitled, k.excess_item as tail_excess, w.finding,
-- part: supplies
    u.ended, (k.authorised_at at time zone coalesce(u.zone, 'UTC'))::date as authorised_on,
-- end part
    case when l.unit is null or l.unit = o.unit then 1 else (o.conversions -> l.unit ->> 0)::bigint end as cn,
    case when l.unit is null or l.unit = o.unit then 1 else (o.conversions -> l.unit ->> 1)::bigint end as cd,
    l.qn <= 0 or l.pn < 0 or l.discount < 0 or l.discount::numeric * l.qd * l.pd > l.qn::numeric * l.pn as misshapen,
    case when o.item_id is not null and k.item_id is null then coalesce(
      (select case when v.verdict = 'declined' then '04AUTH_DECLINED' when a.shortcoming in ('AUTHORISER_NOT_ENTITLED', 'CONTACT_CHANGE_UNCONFIRMED') then '04' || a.shortcoming else '05' || a.shortcoming end
       from authorisations.authorisation_item v join authorisations.authorisation a on a.organisation_id = v.organisation_id and a.authorisation_id = v.authorisation_id
       where v.organisation_id = o.organisation_id and v.item_id = o.item_id order by a.seq desc limit 1),
      (select '06' || w.finding from authorisations.work_record w where w.organisation_id = o.organisation_id and w.item_id = o.item_id and w.finding = 'EMERGENCY_NO_STANDING_AUTH'
         and not exists (select from authorisations.work_record c where c.organisation_id = w.organisation_id and c.corrects = w.work_record_id) limit 1), '04NO_EXPRESS_CONSENT') end as consent
  from line l
  left join lateral (select o.* from authorisations.offer_item o where o.organisation_id = :organisation and o.item_id = l.item_id limit 1) o on true
  left join lateral (select s.* from authorisations.scope s where s.organisation_id = :organisation and s.scope_id = o.scope_id limit 1) s on true
  -- the item's last row tells its sealed terms too
  left join lateral (select k.* from authorisations.capacity k where k.organisation_id = :organisation and k.item_id = o.item_id order by k.item_seq desc limit 1) k on true
  -- work on the item that can't be billed, and why (the first); a correction speaks for what it corrects
  left join lateral (select w.finding from authorisations.work_record w
    where w.organisation_id = :organisation and w.item_id = k.item_id and w.finding is not null and w.finding <> 'WORK_WITHDRAWN'
      and not exists (select from authorisations.work_record c where c.organisation_id = :organisation and c.corrects = w.work_record_id offset 0)
    order by w.work_record_id limit 1) w on true
-- part: supplies
  left join lateral (
    select u.zone, t.to_state = 'ended' as ended from subscriptions.subscription u
    join subscriptions.subscription_step t on t.organisation_id = u.organisation_id and t.subscription_id = u.subscription_id
    where l.supply_id is not null and u.organisation_id = o.organisation_id and u.scope_id = o.scope_id order by t.step desc limit 1) u on true
-- end part
  ),
sized as (
  select c.*,
    -- of what the customer withdrew from: whether what was done by then is due, since they had asked for it
    case when c.revoked_after < 'infinity' then (select w.express_request from authorisations.withdrawal w
      where w.organisation_id = :organisation and w.authorisation_id = c.authorisation_id) end as due_in_part,
    c.granted and not c.misshapen and c.cn is not null and (c.qn::numeric * c.cn * c.denominator) % (c.qd::numeric * c.cd) = 0 as countable,
    c.granted and not c.misshapen and c.cn is not null and (c.qn::numeric * c.cn * c.denominator) % (c.qd::numeric * c.cd) <> 0 as uneven,
    c.qn::numeric * c.cn * c.denominator as tick_numerator, c.qd::numeric * c.cd as tick_denominator,
    c.pn::numeric * c.cd as own_numerator, c.pd::numeric * c.cn * c.denominator as own_denominator
  from cited c),
ranged as (
  select *, case when countable then div(tick_numerator, tick_denominator) else 0 end as dt,
    coalesce(billed_after, 0) + sum(case when countable then div(tick_numerator, tick_denominator) else 0 end) over (partition by item_id order by n rows unbounded preceding) as b2
  from sized),
-- parts of an item telescope: what they come to is what the whole comes to, and a lower price never comes to more than the authorised one
priced as (
  select *, case
      when countable and pn::numeric * cd * price_denominator <= price_numerator::numeric * pd * cn then least(
        kit.rounded(b2 * own_numerator, own_denominator) - kit.rounded((b2 - dt) * own_numerator, own_denominator),
        kit.rounded(b2 * price_numerator, denominator::numeric * price_denominator) - kit.rounded((b2 - dt) * price_numerator, denominator::numeric * price_denominator))
      when countable then kit.rounded(b2 * own_numerator, own_denominator) - kit.rounded((b2 - dt) * own_numerator, own_denominator)
      when misshapen then 0
      else kit.rounded(qn::numeric * pn, qd::numeric * pd) end - discount as net
  from ranged),
item_move as (
-- part: supplies
  -- a supplied period is performed and billed in one posting
  select n::bigint * 2 - 1 as ord, item_id, 'perform' as kind, supply_id as subject, 0::bigint as d_granted, dt as d_performed, 0::numeric as d_billed, 0::bigint as d_net,
    null::timestamptz as revoked_to, :at::timestamptz as started_at, :at::timestamptz as ended_at, true as supplied, null::uuid as credited_invoice_id, null::int as credited_line,
    null::int as credit_step, scope_id, authorisation_id, ticks, period_ticks, denominator, price_numerator, price_denominator, currency, recurring, authorised_at, valid_until, cap_minor,
    tail_seq, tail_item_seq, granted_after as tail_granted, performed_after as tail_performed, billed_after as tail_billed, net_after as tail_net, revoked_after as tail_revoked,
    tail_entitled, tail_excess
  from priced where countable and supply_id is not null
  union all
-- end part
  select n::bigint * 2 as ord, item_id, 'bill' as kind, :invoice_id::uuid as subject, 0::bigint as d_granted, 0::bigint as d_performed, dt as d_billed, net as d_net,
    null::timestamptz as revoked_to, null::timestamptz as started_at, null::timestamptz as ended_at, null::boolean as supplied, null::uuid as credited_invoice_id, null::int as credited_line,
    null::int as credit_step, scope_id, authorisation_id, ticks, period_ticks, denominator, price_numerator, price_denominator, currency, recurring, authorised_at, valid_until, cap_minor,
    tail_seq, tail_item_seq, granted_after as tail_granted, performed_after as tail_performed, billed_after as tail_billed, net_after as tail_net, revoked_after as tail_revoked,
    tail_entitled, tail_excess
  from priced where countable),
-- include: authorisations/steps
,
tolerated as (
  select s.scope_id, s.excess_after <= greatest(0, s.opening_excess) or case when p.at_limit_refuses then s.excess_after * p.pct_denominator < l.limit_numerator
      else s.excess_after * p.pct_denominator <= l.limit_numerator end as within, s.excess_after, div(l.limit_numerator, p.pct_denominator) as allowed_minor
  from step s join scope_tail p using (scope_id)
  cross join lateral (select least(case p.combine when 'none' then 0 when 'pct' then p.pct_numerator * s.entitled_after when 'abs' then p.abs_minor::numeric * p.pct_denominator
      when 'greater' then greatest(p.pct_numerator * s.entitled_after, p.abs_minor::numeric * p.pct_denominator)
      else least(p.pct_numerator * s.entitled_after, p.abs_minor::numeric * p.pct_denominator) end, p.hard_cap_minor::numeric * p.pct_denominator) as limit_numerator) l
  where s.closes),
cited_work as (
  select p.n, w.work_record_id, r.work_record_id is not null as of_item, r.finding,
    coalesce((select b.use from billing.billed_work b where b.organisation_id = :organisation and b.work_record_id = w.work_record_id order by b.use desc limit 1), 0) as uses,
    count(*) over (partition by w.work_record_id) > 1 as twice
  from priced p cross join lateral unnest(p.work) w (work_record_id)
  left join lateral (
    select r.* from authorisations.work_record r where r.organisation_id = :organisation and r.work_record_id = w.work_record_id and r.item_id = p.item_id limit 1) r on true),
-- what set a used record free: its line, credited whole
freed as (
  select w.n, w.work_record_id, w.uses, b.invoice_id, b.line_number, c.step, c.ticks_after, c.net_after
  from cited_work w
  cross join lateral (select b.* from billing.billed_work b where b.organisation_id = :organisation and b.work_record_id = w.work_record_id and b.use = w.uses limit 1) b
  join lateral (select c.* from billing.credit_line c where c.organisation_id = :organisation and c.invoice_id = b.invoice_id and c.line_number = b.line_number
    order by c.step desc limit 1) c on c.ticks_after = c.line_ticks and c.net_after = c.line_net
  where w.uses > 0),
checked_work as (
  select w.n, bool_and(w.of_item) as all_of_item, min(w.finding collate "C") as finding,
    bool_or(w.twice or (w.uses > 0 and not exists (select from freed f where f.work_record_id = w.work_record_id))) as used
  from cited_work w group by w.n),
-- rules 1 to 13, first failure wins: two digits of the rule, then the code
judged as (
  select p.*, s.seq, s.closes, s.act_net_after, s.excess_item > s.excess_item_before as raises_excess, w.used, case
      when p.misshapen then '01NEGATIVE_OR_ZERO_LINE'
      when p.item_id is null then case when p.net <> 0 then '02UNAUTHORISED_LINE' end
      when not p.found then '03AUTH_NOT_FOUND'
      when p.scope_customer_id <> :customer_id or p.scope_id <> coalesce(:scope_id::uuid, p.scope_id) then '03AUTH_WRONG_JOB'
      when p.consent is not null then p.consent
-- part: supplies
      when p.ended then '06SUBSCRIPTION_ENDED'
      when p.supply_id is not null and (p.authorised_at > :at or p.period_from < p.authorised_on) then '06WORK_BEFORE_AUTH'
      when p.supply_id is not null and p.revoked_after <= :at then '06AUTH_REVOKED'
      when p.supply_id is not null and p.valid_until < :at then '06AUTH_EXPIRED'
-- end part
      when f.finding is not null then case when f.finding in ('AUTH_DECLINED', 'AUTHORISER_NOT_ENTITLED', 'CONTACT_CHANGE_UNCONFIRMED', 'NO_EXPRESS_CONSENT') then '04'
        when f.finding in ('NO_WRITTEN_OFFER', 'AUTH_RECORD_INCOMPLETE') then '05' else '06' end || f.finding
      when not p.due_in_part and p.net <> 0 then '06NO_PAYMENT_DUE'
      when p.notice_missing then '06NOTICE_MISSING'
      when p.item_currency <> :currency::text then '07CURRENCY_MISMATCH'
      when p.item_tax_basis <> :tax_basis::text then '07TAX_BASIS_MISMATCH'
      when p.sku is not null and p.sku is distinct from p.item_sku and not p.sku = any (p.alternates) then '08ITEM_SUBSTITUTED'
      when p.condition is not null and p.item_condition is not null and p.condition <> p.item_condition then '08CONDITION_SUBSTITUTED'
      when p.method is not null and p.item_method is not null and p.method <> p.item_method then '08METHOD_CHANGED'
-- part: supplies
      when p.supply_id is not null and not p.item_recurring then '08METHOD_CHANGED'
-- end part
      when p.cn is null or p.uneven then '09UNIT_MISMATCH'
      when p.amount is not null and p.amount <> p.net then '10AMOUNT_MISMATCH'
      when w.used then '11DUPLICATE_WORK_RECORD'
-- part: supplies
      when p.supply_id is not null and (exists (select from authorisations.work_record r where r.organisation_id = :organisation and r.item_id = p.item_id
          and daterange(r.period_from, r.period_until) && daterange(p.period_from, p.period_until))
        or exists (select from priced q where q.n < p.n and q.item_id = p.item_id and daterange(q.period_from, q.period_until) && daterange(p.period_from, p.period_until)))
        then '11DUPLICATE_WORK_RECORD'
-- end part
      when p.due_in_part and s.billed_after > s.performed_after then '12OVER_AUTHORISED'
      when not w.all_of_item or s.billed_after > s.performed_after then '12BILLED_OVER_PERFORMED'
-- part: supplies
      when p.supply_id is not null and p.dt > p.period_ticks then '13QTY_OVER_AUTHORISED'
-- end part
      when p.combine = 'none' and s.billed_after > s.granted_after then '13QTY_OVER_AUTHORISED'
      when p.combine = 'none' and p.net::numeric * p.denominator * p.price_denominator >= p.dt * p.price_numerator + p.denominator::numeric * p.price_denominator
        then '13PRICE_OVER_AUTHORISED' end as failure
  from priced p left join step s on s.kind = 'bill' and s.ord = p.n::bigint * 2 left join checked_work w on w.n = p.n
  -- why the cited work can't be billed; else why other work of the item can't, where too little is left to bill and not because what is cited was billed before
  cross join lateral (select coalesce(nullif(w.finding, 'WORK_WITHDRAWN'), case when s.billed_after > s.performed_after and w.used is not true then p.finding end) as finding) f),
-- tax once per rate on the sum of its lines
rate as (
  select coalesce(tax_category, 'O') as tax_category, coalesce(tax_numerator, 0) as tax_numerator, coalesce(tax_denominator, 1) as tax_denominator, sum(net) as lines_minor
  from judged group by 1, 2, 3),
taxed as (
  select *, kit.rounded(greatest(lines_minor, 0) * tax_numerator, tax_denominator::numeric + case :tax_basis::text when 'incl' then tax_numerator else 0 end)::numeric as tax_minor,
    row_number() over (order by tax_category, tax_numerator::numeric / tax_denominator) as position
  from rate),
sums as (
  select (select sum(net) from judged) as lines_minor, (select sum(tax_minor) from taxed) as tax_minor),
-- rule 14, of the job and the whole: only where every line stands by itself
decided as (
  select j.*, f.failed, coalesce(failure, case when item_id is null or f.failed then null
      when not t.within and raises_excess then case combine when 'none' then '14OVER_AUTHORISED' else '14OVER_TOLERANCE' end
      when act_net_after > cap_minor then '14CAP_EXCEEDED' 
      when :claimed_tax::bigint <> (select tax_minor from sums) then '14TAX_MISMATCH' end) as refusal, t.excess_after as scope_excess, t.allowed_minor as tolerated_minor,
    authorisations.seal('sayso/decision/1', concat_ws(' ', j.line_hash, encode(j.offer_hash, 'hex'), j.policy_name, j.policy_version, j.granted_after, j.performed_after, j.billed_after, j.net_after,
      extract(epoch from j.revoked_after), j.consent, j.finding, j.used, j.b2, case when j.notice_missing then 'notice missing' end,
      case when j.due_in_part then 'due in part' when not j.due_in_part then 'not due' end)) as inputs_hash
  from judged j cross join (select bool_or(failure is not null) as failed from judged) f left join tolerated t using (scope_id)),
-- a refused line tells of all work on its item, also of what may not be billed
refused as (
  select d.*, left(refusal, 2)::int as rule, substr(refusal, 3) as code, :sentences::jsonb -> substr(refusal, 3) as reason,
    (select coalesce(sum(w.ticks), 0)::bigint from authorisations.work_record w where w.organisation_id = :organisation and w.item_id = d.item_id and d.found
      and not exists (select from authorisations.work_record c where c.organisation_id = :organisation and c.corrects = w.work_record_id offset 0)) as done_ticks
  from decided d where refusal is not null),
-- include: billing/wanted_offers
,
outcome as (
  select min(n) filter (where refusal is not null) as refused_line, count(*) as lines from decided),
attempt as (
  insert into billing.posting_attempt (organisation_id, attempt_id, invoice_id, customer_id, verdict, code, line_count, input_hash, attempted_by)
  select :organisation, :attempt_id::uuid, :invoice_id, p.customer_id, case when o.refused_line is null then 'posted' else 'refused' end,
    (select code from refused where n = o.refused_line), o.lines, :input_hash, :actor
  from payer p cross join outcome o where not exists (select from known)
  returning attempt_id, verdict, line_count),
decisions as (
  insert into billing.decision (organisation_id, attempt_id, line_number, verdict, code, results, inputs_hash, item_id, scope_id, policy_name, policy_version, unit, currency, denominator,
    asked_ticks, granted_ticks, performed_ticks, billed_ticks, allowed_ticks, net_minor, authorised_minor, billed_minor)
  select :organisation, a.attempt_id, d.n, case when d.refusal is null then 'passed' else 'refused' end, r.code,
    case when r.code is not null then repeat('p', r.rule - 1) || 'f' || repeat('-', 14 - r.rule) when d.failed then repeat('p', 13) || '-' else repeat('p', 14) end,
    d.inputs_hash,
    d.item_id, d.scope_id, d.policy_name, d.policy_version, coalesce(d.item_unit, d.unit), :currency, d.denominator,
    case when d.tick_numerator % nullif(d.tick_denominator, 0) = 0 then div(d.tick_numerator, d.tick_denominator) end, d.granted_after, coalesce(r.done_ticks, d.performed_after), d.billed_after,
    case when d.granted then greatest(least(d.granted_after, d.performed_after) - d.billed_after, 0) end, d.net,
    case when not d.item_recurring then kit.rounded(d.granted_after::numeric * d.price_numerator, d.denominator::numeric * d.price_denominator) end, d.net_after
  from decided d join attempt a on a.verdict = 'refused' left join refused r using (n)),
go as (select attempt_id, line_count from attempt where verdict = 'posted'),
-- part: supplies
supply as (
  select supply_id, scope_id, item_id, dt as ticks, denominator, period_from, period_until from decided cross join go where supply_id is not null),
-- include: authorisations/supply
,
-- end part
-- include: authorisations/append
,
issue as (
  select :invoice_id::uuid as invoice_id, p.*, g.attempt_id, g.line_count, s.lines_minor::bigint as lines_minor, s.tax_minor::bigint as tax_minor,
    (s.lines_minor + case :tax_basis when 'excl' then s.tax_minor else 0 end)::bigint as total_minor
  from go g cross join payer p cross join sums s),
closings as (
  insert into billing.invoice_scope (organisation_id, invoice_id, scope_id, customer_id, currency, closing_seq)
  select :organisation, i.invoice_id, a.scope_id, i.customer_id, :currency, a.seq from appended a cross join issue i where a.closes),
lines as (
  insert into billing.invoice_line (organisation_id, invoice_id, line_number, line_count, attempt_id, currency, tax_basis, free, scope_id, closing_seq, seq, item_id, denominator,
    billed_before, billed_after, net_before, net_after, sum_before, sum_after, description, unit, quantity_numerator, quantity_denominator, price_numerator, price_denominator,
    discount_minor, tax_category, tax_numerator, tax_denominator, inputs_hash, granted_ticks, performed_ticks, billed_ticks, billed_minor)
  select :organisation, i.invoice_id, d.n, i.line_count, i.attempt_id, :currency, :tax_basis, d.item_id is null, a.scope_id, c.seq, a.seq, a.item_id, a.denominator,
    a.billed_before, a.billed_after, a.net_before, a.net_after,
    sum(d.net) over (order by d.n) - d.net, sum(d.net) over (order by d.n), coalesce(d.words, 'Free of charge'), coalesce(d.unit, d.item_unit, 'EA'), d.qn, d.qd, d.pn, d.pd, d.discount,
    coalesce(d.tax_category, 'O'), coalesce(d.tax_numerator, 0), coalesce(d.tax_denominator, 1), d.inputs_hash, d.granted_after, d.performed_after, d.billed_after, d.net_after
  from decided d cross join issue i left join appended a on a.kind = 'bill' and a.scope_id = d.scope_id and a.seq = d.seq
  left join appended c on c.closes and c.scope_id = d.scope_id
  returning line_number, item_id, net_minor),
taxes as (
  insert into billing.invoice_tax (organisation_id, invoice_id, position, tax_count, tax_basis, tax_category, tax_numerator, tax_denominator, lines_minor, lines_before, lines_after,
    tax_before, tax_after)
  select :organisation, i.invoice_id, t.position, (select count(*) from taxed), :tax_basis, t.tax_category, t.tax_numerator, t.tax_denominator, t.lines_minor,
    sum(t.lines_minor) over w - t.lines_minor, sum(t.lines_minor) over w, sum(t.tax_minor) over w - t.tax_minor, sum(t.tax_minor) over w
  from taxed t cross join issue i window w as (order by t.position)
  returning tax_category, tax_numerator, tax_denominator, tax_minor),
used_work as (
  insert into billing.billed_work (organisation_id, work_record_id, use, invoice_id, line_number, item_id, line_ticks, line_net, freed_invoice_id, freed_line, freed_step, freed_ticks, freed_net)
  select :organisation, w.work_record_id, w.uses + 1, i.invoice_id, w.n, d.item_id, d.dt, d.net, f.invoice_id, f.line_number, f.step, f.ticks_after, f.net_after
  from cited_work w join decided d on d.n = w.n cross join issue i left join freed f on f.work_record_id = w.work_record_id),
-- money: what the customer now owes
posted_invoice as (
  select invoice_id, customer_id, :currency as currency, total_minor - tax_minor as net_minor, tax_minor, total_minor as gross_minor from issue),
posted_lines as (
  select d.item_kind as kind, l.net_minor from lines l join decided d on d.n = l.line_number where l.item_id is not null),
posted_taxes as (
  select tax_category || ' ' || tax_numerator || '/' || tax_denominator as rate, tax_minor from taxes),
-- include: billing/receivable
,
-- part: supplies
-- include: subscriptions/grant_period
,
-- an invoice that takes no money is settled as it is posted, and with it what it bills
settled as (select invoice_id from issue where total_minor = 0),
overdue as (
  select i.customer_id, (
    select count(*) from billing.invoice o
    left join lateral (
      select a.open_after, a.written_off_after from billing.allocation a where a.organisation_id = :organisation and a.invoice_id = o.invoice_id order by a.step desc limit 1) last on true
    where o.organisation_id = :organisation and o.customer_id = i.customer_id and o.due_on < i.issued_on and (coalesce(last.open_after, o.total_minor) > 0 or last.written_off_after > 0)) as open_overdue
  from issue i where i.total_minor = 0),
-- include: subscriptions/settle
,
-- end part
-- the number is taken last, so that nobody waits for what is judged and written above; what others may open too comes after it
invoice as (
  insert into billing.invoice (organisation_id, invoice_id, customer_id, customer_version, organisation_version, attempt_id, input_hash, series, number, currency, tax_basis, issued_on, due_on,
    line_count, tax_count, lines_minor, tax_minor, total_minor, issued_by)
  select :organisation, i.invoice_id, i.customer_id, i.customer_version, i.organisation_version, i.attempt_id, :input_hash, n.series,
    billing.next_invoice_number(n.series, (select count(*) from appended) + (select count(*) from lines) + (select count(*) from taxes) + (select count(*) from transferred) + (select count(*) from entered)),
    :currency, :tax_basis, i.issued_on, i.issued_on + :due_in_days::int, i.line_count, (select count(*) from taxed), i.lines_minor, i.tax_minor, i.total_minor, :actor
  from issue i cross join lateral (select 'INV-' || extract(year from i.issued_on) as series) n
  returning invoice_id, customer_id, series, number, currency, issued_on, due_on, line_count, tax_minor, total_minor, attempt_id),
happened as (
  select 'invoice_posted' as kind, customer_id, 'invoice' as subject_kind, invoice_id as subject_id,
    jsonb_build_object('number', series || '-' || number, 'currency', currency, 'total_minor', total_minor, 'tax_minor', tax_minor, 'issued_on', issued_on, 'due_on', due_on,
      'lines', line_count, 'attempt_id', attempt_id, 'scope_ids', (select coalesce(jsonb_agg(scope_id), '[]'::jsonb) from appended where closes)) as body from invoice
  union all
  select 'invoice_refused', p.customer_id, 'posting_attempt', a.attempt_id,
    jsonb_build_object('invoice_id', :invoice_id, 'lines', (select jsonb_agg(jsonb_build_object('index', n - 1, 'code', code) order by n) from refused))
  from attempt a cross join payer p where a.verdict = 'refused'
-- part: supplies
  union all
  select kind, customer_id, subject_kind, subject_id, body from period_facts
  union all
  select kind, customer_id, subject_kind, subject_id, body from subscription_facts
-- end part
  ),
wanted as (
  select md5('invoice' || invoice_id)::uuid as task_id, 'send_notice' as kind, invoice_id as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('notice', 'invoice', 'customer_id', customer_id) as body
  from invoice where total_minor > 0
-- part: supplies
  union all
  select task_id, kind, subject_id, due_at, body from subscription_tasks
-- end part
  ),
posted as (
  select invoice_id, series, number, currency, total_minor, tax_minor, issued_on, due_on, 201 as status from invoice
  union all select invoice_id, series, number, currency, total_minor, tax_minor, issued_on, due_on, 200 from known where same),
answer as (
  select status, null::text as code, jsonb_build_object('id', invoice_id, 'number', series || '-' || number, 'currency', currency, 'total_minor', total_minor, 'tax_minor', tax_minor,
    'issued_on', issued_on, 'due_on', due_on) as body from posted
  union all select 409, 'ID_TAKEN', '{}'::jsonb from known where not same
  union all
  select 422, 'INVOICE_REFUSED', jsonb_build_object('attempt_id', a.attempt_id, 'lines', (
    select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('index', n - 1, 'code', code, 'rule', rule, 'detail', reason ->> 'detail', 'remedy', reason ->> 'remedy',
      'peppol', reason ->> 'peppol', 'x12', reason ->> 'x12', 'unit', coalesce(item_unit, unit), 'currency', :currency::text,
      'authorised', authorisations.quantity(coalesce(case when item_recurring then period_ticks else granted_after end, 0), coalesce(denominator, 1)), 'performed', authorisations.quantity(done_ticks, denominator),
      'billed', authorisations.quantity(coalesce(billed_after, 0), coalesce(denominator, 1)),
      'allowed', authorisations.quantity(greatest(coalesce(least(granted_after, performed_after) - billed_after, 0), 0), coalesce(denominator, 1)),
      'asked_minor', net, 'authorised_minor', coalesce(kit.rounded(case when item_recurring then period_ticks else granted_after end::numeric * price_numerator, denominator::numeric * price_denominator), 0),
      'billed_minor', coalesce(net_after, 0), 'allowed_minor', greatest(coalesce(
        kit.rounded(greatest(least(granted_after, performed_after), billed_after)::numeric * price_numerator, denominator::numeric * price_denominator)
        - kit.rounded(billed_after::numeric * price_numerator, denominator::numeric * price_denominator), 0), 0),
      'excess_minor', case when code in ('OVER_TOLERANCE', 'OVER_AUTHORISED') then scope_excess end,
      'tolerated_minor', case when code in ('OVER_TOLERANCE', 'OVER_AUTHORISED') then tolerated_minor end,
      'cap_minor', case when code = 'CAP_EXCEEDED' then cap_minor end, 'request', request)) order by n) from refused left join wanted_offers using (n)))
  from attempt a where a.verdict = 'refused')

-- query: find_invoice
select i.invoice_id, i.series || '-' || i.number, i.customer_id, i.currency, i.tax_basis, i.issued_at, i.issued_on, i.due_on, i.lines_minor, i.tax_minor, i.total_minor,
  (select jsonb_agg(jsonb_build_object('number', l.line_number, 'item_id', l.item_id, 'scope_id', l.scope_id, 'description', l.description, 'unit', l.unit,
      'quantity', authorisations.quantity(l.quantity_numerator, l.quantity_denominator), 'unit_price', authorisations.quantity(l.price_numerator, l.price_denominator),
      'discount_minor', l.discount_minor, 'net_minor', l.net_minor, 'tax_category', l.tax_category,
      'tax_rate', authorisations.quantity(l.tax_numerator::numeric * 100, l.tax_denominator), 'credited_minor', coalesce((select c.net_after from billing.credit_line c
        where c.organisation_id = l.organisation_id and c.invoice_id = l.invoice_id and c.line_number = l.line_number order by c.step desc limit 1), 0),
      -- by the work that the line names or, where it names none, by any on its item
      'ratified', exists (
        select from authorisations.work_record w join authorisations.capacity_item k on k.organisation_id = w.organisation_id and k.item_id = w.item_id
        where w.organisation_id = l.organisation_id and w.item_id = l.item_id and w.finding is null and k.authorised_at > w.ended_at
          and (exists (select from billing.billed_work b where b.organisation_id = w.organisation_id and b.work_record_id = w.work_record_id
              and (b.invoice_id, b.line_number) = (l.invoice_id, l.line_number))
            or not exists (select from authorisations.work_record o join billing.billed_work b on b.organisation_id = o.organisation_id and b.work_record_id = o.work_record_id
              where o.organisation_id = l.organisation_id and o.item_id = l.item_id and (b.invoice_id, b.line_number) = (l.invoice_id, l.line_number))))) order by l.line_number)
   from billing.invoice_line l where l.organisation_id = i.organisation_id and l.invoice_id = i.invoice_id)::text,
  (select jsonb_agg(jsonb_build_object('tax_category', t.tax_category, 'tax_rate', authorisations.quantity(t.tax_numerator::numeric * 100, t.tax_denominator),
      'lines_minor', t.lines_minor, 'tax_minor', t.tax_minor) order by t.position)
   from billing.invoice_tax t where t.organisation_id = i.organisation_id and t.invoice_id = i.invoice_id)::text,
  kit.creditor_reference(i.series || '-' || i.number),
  coalesce((select jsonb_agg(jsonb_build_object('id', n.credit_note_id, 'number', n.series || '-' || n.number, 'issued_on', n.issued_on, 'total_minor', n.total_minor)
    order by n.issued_at, n.credit_note_id) from billing.credit_note n where n.organisation_id = i.organisation_id and n.invoice_id = i.invoice_id), '[]'),
  jsonb_build_object('name', o.name, 'address', o.address, 'registration', o.registration, 'street', o.street, 'city', o.city, 'postcode', o.postcode,
    'country', o.country, 'vat_id', o.vat_id, 'tax_number', o.tax_number, 'legal_id', o.legal_id, 'electronic_address', o.electronic_address, 'phone', o.phone,
    'email', o.email, 'account_holder', o.account_holder, 'iban', o.iban, 'bic', o.bic, 'bank_details', o.bank_details),
  jsonb_build_object('name', c.name, 'street', c.street, 'city', c.city, 'postcode', c.postcode, 'country', c.country, 'vat_id', c.vat_id,
    'buyer_reference', c.buyer_reference, 'electronic_address', c.electronic_address)
from billing.invoice i
join customers.customer_step c on c.organisation_id = i.organisation_id and c.customer_id = i.customer_id and c.version = i.customer_version
join identity.organisation_step o on o.organisation_id = i.organisation_id and o.version = i.organisation_version
where i.organisation_id = :organisation and i.invoice_id = :invoice_id

-- query: list_invoices
-- Keyset by id: ids are made in the order of time. Overdue by the customer's own day, as on their account.
select i.invoice_id, i.series || '-' || i.number, i.customer_id, i.currency, i.issued_on, i.due_on, i.total_minor, coalesce(s.open_after, i.total_minor), coalesce(s.written_off_after, 0)
from billing.invoice i
join customers.customer c on c.organisation_id = i.organisation_id and c.customer_id = i.customer_id
left join lateral (
  select a.open_after, a.written_off_after from billing.allocation a where a.organisation_id = :organisation and a.invoice_id = i.invoice_id order by a.step desc limit 1) s on true
where i.organisation_id = :organisation and i.invoice_id > :after::uuid and i.customer_id = coalesce(:customer_id::uuid, i.customer_id)
  and i.issued_on >= coalesce(:issued_from::date, '-infinity') and i.issued_on < coalesce(:issued_until::date, 'infinity')
  and (:is_open::boolean is null or (coalesce(s.open_after, i.total_minor) > 0) = :is_open::boolean)
  and (:is_overdue::boolean is null or (coalesce(s.open_after, i.total_minor) > 0 and i.due_on < (:at::timestamptz at time zone c.zone)::date) = :is_overdue::boolean)
order by i.invoice_id limit :limit::int + 1
