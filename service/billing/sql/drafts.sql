-- query: find_draft_matter
select j.job_id, (select s.to_state from dispatch.job_step s where s.organisation_id = j.organisation_id and s.job_id = j.job_id order by s.step desc limit 1),
  j.customer_id, j.scope_id, j.currency, s.overrun_notice and authorisations.notice_missing(s.organisation_id, s.scope_id), s.consent_deadline = 'after_work'
from dispatch.job j join authorisations.scope s on s.organisation_id = j.organisation_id and s.scope_id = j.scope_id
where j.organisation_id = :organisation and j.job_id = :job_id

-- query: list_draft_items
-- Every item offered in the matter, in the order offered.
select o.item_id, o.description, o.offer_id, o.revision,
  o.revision = max(o.revision) over (partition by o.offer_id), encode(o.offer_hash, 'hex'), o.tax_basis, o.tax_category, o.tax_numerator, o.tax_denominator, o.unit, o.ticks, o.denominator,
  o.price_numerator, o.price_denominator,
  case when k.item_id is null then coalesce(
    (select case when v.verdict = 'declined' then 'AUTH_DECLINED' else c.shortcoming end
     from authorisations.authorisation_item v join authorisations.authorisation c on c.organisation_id = v.organisation_id and c.authorisation_id = v.authorisation_id
     where v.organisation_id = o.organisation_id and v.item_id = o.item_id order by c.seq desc limit 1), 'NO_EXPRESS_CONSENT') end,
  k.authorisation_id, a.consented_at, a.channel, coalesce(k.cap_minor, 0),
  coalesce((select n.act_net_after from authorisations.capacity n where n.organisation_id = k.organisation_id and n.authorisation_id = k.authorisation_id order by n.act_seq desc limit 1), 0),
  coalesce((select not w.express_request from authorisations.withdrawal w where w.organisation_id = k.organisation_id and w.authorisation_id = k.authorisation_id), false),
  coalesce(t.granted_after, 0), coalesce(t.performed_after, 0), coalesce(t.billed_after, 0), coalesce(t.net_after, 0),
  case when t.revoked_after <= :at::timestamptz then case (
      select r.kind from authorisations.capacity e join authorisations.authorisation r on r.organisation_id = e.organisation_id and r.authorisation_id = e.subject
      where e.organisation_id = k.organisation_id and e.item_id = k.item_id and e.kind = 'revoke' order by e.item_seq desc limit 1) when 'revocation' then 'AUTH_REVOKED' else 'AUTH_SUPERSEDED' end
    when k.valid_until < :at::timestamptz then 'AUTH_EXPIRED' end
from authorisations.offer f
join authorisations.offer_item o on o.organisation_id = f.organisation_id and o.offer_id = f.offer_id
left join authorisations.capacity_item k on k.organisation_id = o.organisation_id and k.item_id = o.item_id
left join authorisations.authorisation a on a.organisation_id = k.organisation_id and a.authorisation_id = k.authorisation_id
left join lateral (
  select t.granted_after, t.performed_after, t.billed_after, t.net_after, t.revoked_after from authorisations.capacity t
  where t.organisation_id = k.organisation_id and t.item_id = k.item_id order by t.item_seq desc limit 1) t on true
where f.organisation_id = :organisation and f.customer_id = :customer_id::uuid and f.scope_id = :scope_id::uuid
order by f.offer_id, o.revision, o.position

-- query: list_draft_work
-- What a later entry corrected speaks through that one; a line credited whole sets its records free.
select w.work_record_id, w.item_id, w.ticks, w.started_at, w.ended_at, w.staff_id, w.finding,
  coalesce((
    select not exists (
      select from billing.credit_line c where c.organisation_id = b.organisation_id and c.invoice_id = b.invoice_id and c.line_number = b.line_number
        and c.ticks_after = c.line_ticks and c.net_after = c.line_net)
    from billing.billed_work b where b.organisation_id = w.organisation_id and b.work_record_id = w.work_record_id order by b.use desc limit 1), false)
from authorisations.offer f
join authorisations.offer_item o on o.organisation_id = f.organisation_id and o.offer_id = f.offer_id
join authorisations.work_record w on w.organisation_id = o.organisation_id and w.item_id = o.item_id
where f.organisation_id = :organisation and f.customer_id = :customer_id::uuid and f.scope_id = :scope_id::uuid and w.ticks > 0
  and not exists (select from authorisations.work_record c where c.organisation_id = w.organisation_id and c.corrects = w.work_record_id)
order by w.started_at, w.work_record_id
