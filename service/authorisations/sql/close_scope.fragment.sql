-- Ends matters: nothing is offered, shown or answered in them any more; what was agreed can still be done, billed, credited and taken back. Needs `closing (scope_id)`.
-- A payment, which can't name the matters beforehand, closes them without their locks: an offer made at that moment counts as made before, of a showing or an
-- answer one of the two is run again.
stepping as (select scope_id from closing),
-- include: authorisations/scope_stands
,
closed_scope as (
  insert into authorisations.scope_step (organisation_id, scope_id, step, kind, subject) select :organisation::uuid, scope_id, next_step, 'closed', scope_id from scope_stands)
