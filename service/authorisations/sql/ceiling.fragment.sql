-- Work that brings an authorisation to 85 % of its cap is told of, once for each. Needs `step` and `go`; gives `ceiling_facts`. What is billed was
-- logged before, so logging is where the sum grows.
capped as (
  select authorisation_id, scope_id, authorised_at, valid_until, cap_minor,
    sum(net_after + kit.rounded(greatest(performed_after - billed_after, 0) * price_numerator, denominator::numeric * price_denominator)
      - (net_after - d_net) - kit.rounded(greatest(performed_after - d_performed - billed_after + d_billed, 0) * price_numerator, denominator::numeric * price_denominator)) as moved_minor
  from step where cap_minor < 9000000000000000 group by authorisation_id, scope_id, authorised_at, valid_until, cap_minor),
-- what is billed, and what is done and not billed yet: where each item of the act stood, and what every move added to that, so that a thousand cost a thousand times one
spent as (
  select c.authorisation_id, c.moved_minor + stood.minor as minor
  from capped c cross join lateral (
    select coalesce(sum(t.net_after + kit.rounded(greatest(t.performed_after - t.billed_after, 0) * k.price_numerator, k.denominator::numeric * k.price_denominator)), 0) as minor
    from authorisations.authorisation_item v
    join authorisations.capacity_item k on k.organisation_id = v.organisation_id and k.item_id = v.item_id and k.authorisation_id = v.authorisation_id
    cross join lateral (
      select n.performed_after, n.billed_after, n.net_after from authorisations.capacity n
      where n.organisation_id = k.organisation_id and n.item_id = k.item_id order by n.item_seq desc limit 1) t
    where v.organisation_id = :organisation::uuid and v.authorisation_id = c.authorisation_id) stood),
warned as (
  insert into authorisations.ceiling_warning (organisation_id, authorisation_id, scope_id, authorised_at, valid_until, cap_minor, reached_minor)
  select :organisation::uuid, c.authorisation_id, c.scope_id, c.authorised_at, c.valid_until, c.cap_minor, s.minor from capped c join spent s using (authorisation_id)
  where s.minor * 100 >= c.cap_minor::numeric * 85 and exists (select from go)
  on conflict do nothing
  returning authorisation_id, scope_id, cap_minor, reached_minor),
ceiling_facts as (
  select 'ceiling_nearly_reached' as kind, s.customer_id, 'authorisation' as subject_kind, w.authorisation_id as subject_id,
    jsonb_build_object('flag', 'CEILING_85', 'scope_id', w.scope_id, 'currency', s.currency, 'cap_minor', w.cap_minor, 'reached_minor', w.reached_minor) as body
  from warned w join authorisations.scope s on s.organisation_id = :organisation::uuid and s.scope_id = w.scope_id)
