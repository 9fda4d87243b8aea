-- For each refused line that an offer would help: the request that makes it, to be sent as it is. Needs `refused`, `cited` and `payer`.
-- Only on a job that still takes offers, and not for what is done already where consent may not come after the work: a yes to that changes nothing; a line that cites nothing belongs to the one job that the rest of the invoice is about.
one_matter as (
  select coalesce(:scope_id::uuid, case when count(distinct scope_id) = 1 then (array_agg(scope_id))[1] end) as scope_id from cited where scope_customer_id = :customer_id),
matter_tax as (
  select o.scope_id, o.tax_category, o.tax_numerator, o.tax_denominator
  from one_matter m join authorisations.offer f on f.organisation_id = :organisation and f.customer_id = :customer_id and f.scope_id = m.scope_id
  join authorisations.offer_item o on o.organisation_id = f.organisation_id and o.offer_id = f.offer_id
  where exists (select from refused where not coalesce(found, false)) order by f.offer_id desc, o.revision desc, o.position limit 1),
missing as (
  select r.*, reason ->> 'offer' as offer_kind, coalesce(r.scope_id, m.scope_id) as to_scope_id,
    -- beyond what was granted only the rest is missing, at the agreed price; else all of the line at its own
    case when r.code in ('QTY_OVER_AUTHORISED', 'OVER_TOLERANCE', 'OVER_AUTHORISED') and r.b2 > r.granted_after then least(r.dt, r.b2 - r.granted_after)
      -- beyond the cap in the draft's own steps: whole units of what is counted, else hundredths
      when r.code = 'CAP_EXCEEDED' then least(r.dt, ceil(least(r.net, r.act_net_after - r.cap_minor) * r.denominator * r.price_denominator::numeric / nullif(r.price_numerator, 0) / c.step) * c.step)
      end as rest,
    r.b2 <= r.performed_after as done,
    coalesce(r.tax_category, m.tax_category) as to_tax_category, coalesce(r.tax_numerator, m.tax_numerator)::numeric as to_tax_numerator,
    coalesce(r.tax_denominator, m.tax_denominator) as to_tax_denominator
  from refused r left join matter_tax m on not r.found
  cross join lateral (select case when (r.granted_after % r.denominator, r.performed_after % r.denominator, r.billed_after % r.denominator) = (0, 0, 0) then r.denominator
    else greatest(div(r.denominator, 100), 1) end as step) c where reason ->> 'offer' is not null),
worded as (
  select m.n, m.offer_kind, s.subject_id as job_id, jsonb_strip_nulls(jsonb_build_object('kind', coalesce(m.item_kind, 'fee'),
    'description', case when m.rule = 8 then coalesce(m.words, m.item_words) else coalesce(m.item_words, m.words, m.sku, 'Further work') end,
    'quantity', trim_scale(ceil(case when m.rest is not null then m.rest * 1000000 / m.denominator else m.qn::numeric * coalesce(m.cn, 1) * 1000000 / (m.qd * coalesce(m.cd, 1)) end) / 1000000)::text,
    'unit', coalesce(m.item_unit, m.unit, 'EA'),
    'unit_price', case when m.rest is not null then authorisations.quantity(m.price_numerator, m.price_denominator)
      when m.pd = 1 and coalesce(m.cn, 1) = 1 then authorisations.quantity(m.pn::numeric * coalesce(m.cd, 1), 1)
      else trim_scale(ceil(m.pn::numeric * coalesce(m.cd, 1) * 1000000 / (m.pd::numeric * coalesce(m.cn, 1))) / 1000000)::text end,
    'tax_category', m.to_tax_category, 'tax_rate', authorisations.quantity(m.to_tax_numerator * 100, m.to_tax_denominator),
    'sku', coalesce(m.sku, m.item_sku), 'condition', coalesce(m.condition, m.item_condition), 'method', coalesce(m.method, m.item_method),
    'conversions', (select jsonb_object_agg(e.key, case e.value ->> 1 when '1' then e.value ->> 0 else (e.value ->> 0) || '/' || (e.value ->> 1) end) from jsonb_each(m.conversions) e))) as item
  from missing m join authorisations.scope s on s.organisation_id = :organisation and s.scope_id = m.to_scope_id and s.customer_id = :customer_id and s.currency = :currency and s.subject_kind = 'job'
  where m.to_tax_category is not null and not (m.rest is not null and m.code <> 'CAP_EXCEEDED' and m.done and s.consent_deadline <> 'after_work') and (
    select t.to_state from dispatch.job_step t where t.organisation_id = s.organisation_id and t.job_id = s.subject_id order by t.step desc limit 1) in ('open', 'in_progress', 'work_done')),
wanted_offers as (
  select n, jsonb_build_object('method', 'POST', 'path', '/v1/jobs/' || job_id || '/offers', 'body',
    jsonb_build_object('kind', offer_kind, 'tax_basis', :tax_basis::text, 'items', jsonb_build_array(item))) as request
  from worded where item ->> 'quantity' ~ '^[0-9]{1,8}(\.[0-9]{1,6})?$' and item ->> 'unit_price' ~ '^[0-9]{1,12}((\.[0-9]{1,6})|(/[0-9]{1,6}))?$')
