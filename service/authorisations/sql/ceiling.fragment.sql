-- Work that brings an authorisation to 85 % of its cap is told of, once for each. Needs `step` and `go`; gives `ceiling_facts`. What is billed was
-- logged before, so logging is where the sum grows.
capped as (
  select distinct authorisation_id, scope_id, authorised_at, valid_until, cap_minor from step where cap_minor < 9000000000000000),
-- what is billed, and what is done and not billed yet
spent as (
  select c.authorisation_id, sum(t.net_after + kit.rounded(greatest(t.performed_after - t.billed_after, 0) * k.price_numerator, k.denominator::numeric * k.price_denominator)) as minor
  from capped c join authorisations.authorisation_item v on v.organisation_id = :organisation::uuid and v.authorisation_id = c.authorisation_id
  join authorisations.capacity_item k on k.organisation_id = v.organisation_id and k.item_id = v.item_id and k.authorisation_id = v.authorisation_id
  cross join lateral (
    select e.* from (
      select s.item_seq, s.performed_after, s.billed_after, s.net_after from step s where s.item_id = k.item_id
      union all
      (select n.item_seq, n.performed_after, n.billed_after, n.net_after from authorisations.capacity n
       where n.organisation_id = k.organisation_id and n.item_id = k.item_id order by n.item_seq desc limit 1)) e
    order by e.item_seq desc limit 1) t
  group by c.authorisation_id),
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
