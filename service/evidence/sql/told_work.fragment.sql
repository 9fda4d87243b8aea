-- The work records of `:scope_id` that a pack holds: all that may be billed, and the latest two hundred that may not, on texts that are told. Needs `told_text`;
-- gives `told_work`.
told_work as (
  select w.* from (
    select w.*, row_number() over (partition by w.billable order by w.recorded_at desc, w.work_record_id desc) as age
    from authorisations.work_record w
    join authorisations.offer_item o on o.organisation_id = w.organisation_id and o.item_id = w.item_id
    where w.organisation_id = :organisation::uuid and w.scope_id = :scope_id::uuid and (o.offer_id, o.revision) in (select offer_id, revision from told_text)) w
  where w.billable or w.age <= 200)
