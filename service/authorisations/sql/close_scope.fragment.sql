-- Ends a matter: no offer and no revision is written in it any more; what was agreed can still be done, billed and credited. Needs `closing (scope_id)`.
-- A payment, which can't name the matters beforehand, closes them without their locks: what is being offered at that moment counts as offered before.
closed_scope as (insert into authorisations.scope_closing (organisation_id, scope_id) select :organisation::uuid, scope_id from closing)
