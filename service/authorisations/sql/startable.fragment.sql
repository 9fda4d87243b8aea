-- The gate: may work on these items start at :at? Needs `starting (item_id)`; gives `startable (item_id, scope_id, code)`,
-- code NULL where an active authorisation covers the item, else why none does. An item nobody offered gives no row.
startable as (
  select o.item_id, o.scope_id,
    case when c.item_id is null then coalesce(
        (select case when v.verdict = 'declined' then 'AUTH_DECLINED' else a.shortcoming end
         from authorisations.authorisation_item v join authorisations.authorisation a on a.organisation_id = v.organisation_id and a.authorisation_id = v.authorisation_id
         where v.organisation_id = :organisation::uuid and v.item_id = o.item_id order by a.seq desc limit 1), 'NO_EXPRESS_CONSENT')
      when t.revoked_after <= :at::timestamptz then
        case when t.kind_of_end = 'revocation' then 'AUTH_REVOKED' else 'AUTH_SUPERSEDED' end
      when c.valid_until < :at::timestamptz then 'AUTH_EXPIRED'
      when t.granted_after <= t.performed_after then 'AUTH_EXHAUSTED' end as code
  from starting s
  cross join lateral (select o.* from authorisations.offer_item o where o.organisation_id = :organisation::uuid and o.item_id = s.item_id limit 1) o
  left join lateral (select c.* from authorisations.capacity_item c where c.organisation_id = :organisation::uuid and c.item_id = o.item_id limit 1) c on true
  left join lateral (
    select k.revoked_after, k.granted_after, k.performed_after,
      (select a.kind from authorisations.capacity r join authorisations.authorisation a on a.organisation_id = r.organisation_id and a.authorisation_id = r.subject
       where r.organisation_id = o.organisation_id and r.item_id = o.item_id and r.kind = 'revoke' order by r.item_seq desc limit 1) as kind_of_end
    from authorisations.capacity k where k.organisation_id = o.organisation_id and k.item_id = o.item_id order by k.item_seq desc limit 1) t on true)
