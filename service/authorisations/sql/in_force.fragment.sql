-- In: both_acts (authorisation_id, seq, active, …), chosen, granted. Out: effect: which of the items that the act approves are in force after it, as they
-- were then and stay told. An act that approves nothing but what was taken back before is kept, and isn't active.
standing as (
  select b.authorisation_id, c.item_id from both_acts b join chosen c on c.verdict = 'approved' and b.active
  where exists (select from granted g where g.item_id = c.item_id) or exists (
    select from authorisations.capacity_item k
    cross join lateral (select g.seq from authorisations.authorisation g where g.organisation_id = :organisation::uuid and g.authorisation_id = k.authorisation_id limit 1) g
    where k.organisation_id = :organisation::uuid and k.item_id = c.item_id and g.seq <= b.seq and not exists (
      select from authorisations.capacity w
      cross join lateral (select r.seq from authorisations.authorisation r where r.organisation_id = :organisation::uuid and r.authorisation_id = w.subject limit 1) r
      where w.organisation_id = :organisation::uuid and w.item_id = k.item_id and w.kind = 'revoke' and r.seq <= b.seq offset 0) offset 0)),
effect as (
  select b.authorisation_id, coalesce((select jsonb_agg(s.item_id order by s.item_id) from standing s), '[]'::jsonb) as in_force,
    b.active and (exists (select from standing) or not exists (select from chosen where verdict = 'approved')) as active
  from both_acts b)
