-- query: list_matter_items
-- What was offered in a matter, what the customer said to each item and how much of it was done; what a later revision replaced only where it counts still.
select i.item_id, i.offer_id, i.description, i.unit, authorisations.quantity(i.ticks, i.denominator) as quantity, i.said,
  authorisations.quantity(i.granted, i.denominator) as agreed, authorisations.quantity(i.done, i.denominator) as done, i.done > i.granted as beyond, i.ratifies
from (
  select o.item_id, o.offer_id, o.revision, o.position, o.description, o.unit, o.ticks, o.denominator, s.consent_deadline = 'after_work' as ratifies, coalesce(t.granted_after, 0) as granted,
    case when k.item_id is not null then case when t.revoked_after > :at::timestamptz and k.valid_until >= :at::timestamptz then 'agreed' else 'ended' end
      else coalesce((select case v.verdict when 'declined' then 'declined' else 'held' end
        from authorisations.authorisation_item v join authorisations.authorisation a on a.organisation_id = v.organisation_id and a.authorisation_id = v.authorisation_id
        where v.organisation_id = o.organisation_id and v.item_id = o.item_id order by a.seq desc limit 1), 'waiting') end as said,
    (select coalesce(sum(w.ticks), 0) from authorisations.work_record w where w.organisation_id = o.organisation_id and w.item_id = o.item_id
      and not exists (select from authorisations.work_record c where c.organisation_id = w.organisation_id and c.corrects = w.work_record_id)) as done,
    k.item_id is not null or o.revision = max(o.revision) over (partition by o.offer_id) as counts
  from authorisations.offer f
  join authorisations.offer_item o on o.organisation_id = f.organisation_id and o.offer_id = f.offer_id
  join authorisations.scope s on s.organisation_id = o.organisation_id and s.scope_id = o.scope_id
  left join authorisations.capacity_item k on k.organisation_id = o.organisation_id and k.item_id = o.item_id
  left join lateral (
    select t.granted_after, t.revoked_after from authorisations.capacity t
    where t.organisation_id = k.organisation_id and t.item_id = k.item_id order by t.item_seq desc limit 1) t on true
  where f.organisation_id = :organisation and f.customer_id = :customer_id::uuid and f.scope_id = :scope_id::uuid and not o.recurring) i
where i.counts or i.done > 0
order by i.offer_id, i.revision, i.position limit 200

-- query: list_answers
-- In words, what these acts said yes and no to.
select v.authorisation_id, coalesce(jsonb_agg(i.description order by i.position) filter (where v.verdict = 'approved'), '[]'::jsonb) as approved,
  coalesce(jsonb_agg(i.description order by i.position) filter (where v.verdict = 'declined'), '[]'::jsonb) as declined
from authorisations.authorisation_item v
join authorisations.offer_item i on i.organisation_id = v.organisation_id and i.item_id = v.item_id
where v.organisation_id = :organisation and v.authorisation_id = any (:authorisation_ids::uuid[])
group by v.authorisation_id

-- query: list_offers_to_decide
-- What was shown to somebody of a customer's, stands, and is answered by nobody: the latest wording of each offer in matters that haven't ended.
select f.offer_id, s.reference, r.revision, r.total_minor, r.currency, r.tax_basis = 'excl', nullif(r.valid_until, 'infinity')
from authorisations.offer f
join authorisations.scope s on s.organisation_id = f.organisation_id and s.scope_id = f.scope_id
cross join lateral (
  select r.revision, r.total_minor, r.currency, r.tax_basis, r.valid_until from authorisations.offer_revision r
  where r.organisation_id = f.organisation_id and r.offer_id = f.offer_id order by r.revision desc limit 1) r
where f.organisation_id = :organisation and f.customer_id = :customer_id::uuid and r.valid_until >= :at::timestamptz
  and exists (select from authorisations.presentation p where p.organisation_id = f.organisation_id and p.offer_id = f.offer_id and p.revision = r.revision)
  and not exists (select from authorisations.authorisation a where a.organisation_id = f.organisation_id and a.offer_id = f.offer_id and a.revision = r.revision)
  and coalesce((select t.open from authorisations.scope_step t where t.organisation_id = f.organisation_id and t.scope_id = f.scope_id order by t.step desc limit 1), true)
order by f.offer_id desc limit 50

-- query: list_acts_of_customer
-- What somebody of a customer's said yes and no to, the latest first.
select a.authorisation_id, s.reference, a.kind, a.channel, a.recorded_at, a.active, a.revised_total_minor, a.currency, s.tax_excluded,
  (select coalesce(jsonb_agg(i.description order by i.position), '[]'::jsonb) from authorisations.authorisation_item v
   join authorisations.offer_item i on i.organisation_id = v.organisation_id and i.item_id = v.item_id
   where v.organisation_id = :organisation and v.authorisation_id = a.authorisation_id and v.verdict = 'approved'),
  (select coalesce(jsonb_agg(i.description order by i.position), '[]'::jsonb) from authorisations.authorisation_item v
   join authorisations.offer_item i on i.organisation_id = v.organisation_id and i.item_id = v.item_id
   where v.organisation_id = :organisation and v.authorisation_id = a.authorisation_id and v.verdict = 'declined')
from authorisations.offer f
join authorisations.authorisation a on a.organisation_id = f.organisation_id and a.offer_id = f.offer_id
cross join lateral (
  select s.reference, r.tax_basis = 'excl' as tax_excluded from authorisations.scope s, authorisations.offer_revision r
  where s.organisation_id = f.organisation_id and s.scope_id = f.scope_id and r.organisation_id = a.organisation_id and r.offer_id = a.offer_id and r.revision = a.revision) s
where f.organisation_id = :organisation and f.customer_id = :customer_id::uuid
order by a.recorded_at desc, a.authorisation_id desc limit 100
