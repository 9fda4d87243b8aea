-- In: method (method_id). Erases what a person knows their cards and accounts by; that they were saved, charged and ended stays.
forgotten_face as (
  delete from billing.saved_method_face f using method m where f.organisation_id = :organisation::uuid and f.method_id = m.method_id)
