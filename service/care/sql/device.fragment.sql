-- Input `:custody_id`; output `device`: where it is, who holds it and how it stands.
device as (
  select c.custody_id, c.asset_id, c.customer_id, c.scope_id, c.reference, h.step, h.to_kind as holder, h.to_id as holder_id, b.step as bench_step, b.to_state as state
  from care.custody c
  cross join lateral (
    select h.step, h.to_kind, h.to_id from care.hand_over h where h.organisation_id = :organisation::uuid and h.custody_id = c.custody_id order by h.step desc limit 1) h
  cross join lateral (
    select b.step, b.to_state from care.bench_step b where b.organisation_id = :organisation::uuid and b.custody_id = c.custody_id order by b.step desc limit 1) b
  where c.organisation_id = :organisation::uuid and c.custody_id = :custody_id::uuid)
