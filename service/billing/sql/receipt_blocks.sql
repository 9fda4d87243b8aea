-- verb: reserve_receipt_block
-- The next book, for a device of one's own that isn't revoked. Under the lock of the number series.
with device as (
  select d.staff_id, d.device_id, d.revoked_at is null as live from identity.device d
  where d.organisation_id = :organisation::uuid and d.device_id = :device_id::uuid and d.staff_id = :staff_id::uuid),
known as (
  select b.block, b.block_id, b.size, (b.device_id, b.size) = (:device_id::uuid, :size::int) as same from billing.receipt_block b
  where b.organisation_id = :organisation::uuid and b.block_id = :block_id::uuid),
last as (select b.block from billing.receipt_block b where b.organisation_id = :organisation::uuid order by b.block desc limit 1),
made as (
  insert into billing.receipt_block (organisation_id, block, block_id, staff_id, device_id, size, reserved_at)
  select :organisation::uuid, coalesce(last.block, 0) + 1, :block_id::uuid, staff_id, device_id, :size::int, :at::timestamptz
  from device left join last on true where live and not exists (select from known)
  returning block, block_id, size),
happened as (
  select 'receipt_block_reserved' as kind, null::uuid as customer_id, 'receipt_block' as subject_kind, block_id as subject_id,
         jsonb_build_object('block', block, 'size', size, 'device_id', :device_id::uuid, 'staff_id', :staff_id::uuid) as body
  from made),
told as (select block, block_id, size, null::boolean as same from made union all select block, block_id, size, same from known),
answer as (
  select case when same is null then 201 when same then 200 else 409 end as status, case when not same then 'ID_TAKEN' end as code,
         case when same is not false then jsonb_build_object('block_id', block_id, 'block', block, 'size', size, 'numbers', (
           select jsonb_agg(billing.number_in_block(block, n) order by n) from generate_series(1, size) as n)) else '{}'::jsonb end as body
  from told
  union all
  select 409, 'NO_NUMBERS_FOR_DEVICE', '{}'::jsonb from device where not live and not exists (select from known))

-- query: find_number
-- A number of a book, and the payment that it was given for or that it is void; no row where the block is nobody's or somebody else's.
select b.size, u.serial is not null, u.payment_id
from billing.receipt_block b
left join billing.receipt_number_use u on u.organisation_id = b.organisation_id and u.block = b.block and u.serial = :serial::int
where b.organisation_id = :organisation and b.block = :block::int and b.staff_id = :staff_id and :serial::int <= b.size

-- verb: give_receipt_number
-- In the transaction of the payment that has just been applied with this number, under the lock of whoever took it.
with given as (
  insert into billing.receipt_number_use (organisation_id, block, serial, staff_id, size, payment_id, customer_id, currency, amount_minor, told_at)
  select :organisation::uuid, :block::int, :serial::int, p.taken_by, :size::int, p.payment_id, p.customer_id, p.currency, p.amount_minor, :at::timestamptz
  from billing.payment p where p.organisation_id = :organisation::uuid and p.payment_id = :payment_id::uuid
  returning block, serial, payment_id, customer_id, receipt_number),
happened as (
  select 'receipt_number_given' as kind, customer_id, 'payment' as subject_kind, payment_id as subject_id, jsonb_build_object('receipt_number', receipt_number) as body from given),
answer as (select 200 as status, null::text as code, jsonb_build_object('receipt_number', receipt_number) as body from given)

-- verb: void_receipt_numbers
-- What was torn out, misprinted or lost with the device; numbers that were given or are void already stay as they are. Under the owner's lock.
with block as (
  select b.* from billing.receipt_block b
  where b.organisation_id = :organisation::uuid and b.block_id = :block_id::uuid and (:of_anybody::boolean or b.staff_id = :staff_id::uuid)),
asked as (
  select b.block, b.block_id, b.staff_id, b.size, n.serial
  from block b cross join lateral generate_series(:from_serial::int, least(:until_serial::int, b.size)) as n (serial)
  where not exists (
    select from billing.receipt_number_use u where u.organisation_id = :organisation::uuid and u.block = b.block and u.serial = n.serial offset 0)),
made as (
  insert into billing.receipt_number_use (organisation_id, block, serial, staff_id, size, reason, told_at)
  select :organisation::uuid, block, serial, staff_id, size, :reason::text, :at::timestamptz from asked),
happened as (
  select 'receipt_numbers_voided' as kind, null::uuid as customer_id, 'receipt_block' as subject_kind, block_id as subject_id,
         jsonb_build_object('block', block, 'serials', jsonb_agg(serial order by serial)) as body
  from asked group by block, block_id),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('block_id', b.block_id, 'voided', (select count(*) from asked)) as body from block b)

-- query: list_receipt_blocks
-- Each book with what became of its numbers: a number below the last that was told of and never told of itself is missing.
select b.block, b.block_id, b.staff_id, s.name, d.name, d.revoked_at is not null, b.reserved_at, b.size, told.given, told.void, told.last - told.given - told.void, b.size - told.last,
       billing.number_in_block(b.block, 1), coalesce((
         select string_agg(billing.number_in_block(b.block, n.serial), ' ' order by n.serial)
         from generate_series(1, told.last) as n (serial)
         where not exists (select from billing.receipt_number_use u where u.organisation_id = :organisation and u.block = b.block and u.serial = n.serial)), '')
from billing.receipt_block b
join identity.staff s on s.organisation_id = b.organisation_id and s.staff_id = b.staff_id
join identity.device d on d.organisation_id = b.organisation_id and d.staff_id = b.staff_id and d.device_id = b.device_id
cross join lateral (
  select count(u.payment_id)::int as given, (count(*) - count(u.payment_id))::int as void, coalesce(max(u.serial), 0)::int as last
  from billing.receipt_number_use u where u.organisation_id = :organisation and u.block = b.block) told
where b.organisation_id = :organisation and b.block > :after::int
order by b.block limit :limit + 1
