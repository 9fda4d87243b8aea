-- The texts of `:scope_id` that a pack holds: each that was answered, and of the others the latest twenty, for anybody who offers can write any number of them.
-- Gives `told_text (offer_id, revision)`.
told_text as (
  select t.offer_id, t.revision from (
    select r.offer_id, r.revision, a.answered, row_number() over (partition by a.answered order by r.made_at desc, r.offer_id, r.revision desc) as age
    from authorisations.offer_revision r
    cross join lateral (select exists (select from authorisations.authorisation a
      where a.organisation_id = r.organisation_id and a.offer_id = r.offer_id and a.revision = r.revision) as answered) a
    where r.organisation_id = :organisation::uuid and r.scope_id = :scope_id::uuid) t
  where t.answered or t.age <= 20)
