-- Input `handing (asset_id, step, custody_id, customer_id, scope_id, from_kind, from_id, to_kind, to_id, offer_number, bench_step)`: one hand-over at most, with what was signed in `:hand_over_id`,
-- `:contact_id`, `:content`, `:content_hash`, `:strokes`, `:signature_hash`, `:photo_ids`, `:captured_at` and by whom here in `:signed_by`, drawn too in `:staff_strokes` and `:staff_signature_hash`; `:taken_because` is said where nobody gives. Output `handed (hand_over_id, custody_id, customer_id, step, to_kind, to_id)` and `hand_over_facts`.
shown_photos as (
  select h.custody_id, n.position, p.photo_id, p.scope_id, p.photo_hash from handing h
  cross join unnest(:photo_ids::uuid[]) with ordinality n (photo_id, position)
  cross join lateral (select p.photo_id, p.scope_id, p.photo_hash from authorisations.photo p where p.organisation_id = :organisation::uuid and p.photo_id = n.photo_id limit 1) p),
handed as (
  insert into care.hand_over (organisation_id, asset_id, step, hand_over_id, custody_id, customer_id, scope_id, from_kind, from_id, to_kind, to_id, offer_number, taken_because, contact_id, content_hash, signature_hash, staff_signature_hash, photos, bench_step, signed_by, captured_at)
  select :organisation::uuid, asset_id, step, :hand_over_id::uuid, custody_id, customer_id, scope_id, from_kind, from_id, to_kind, to_id, offer_number, :taken_because::text, :contact_id::uuid, decode(:content_hash::text, 'hex'),
    decode(:signature_hash::text, 'hex'), decode(:staff_signature_hash::text, 'hex'), cardinality(:photo_ids::uuid[]), bench_step, :signed_by::text, :captured_at::timestamptz from handing
  returning hand_over_id, custody_id, customer_id, step, from_kind, from_id, to_kind, to_id),
said_there as (
  insert into care.hand_over_text (organisation_id, hand_over_id, customer_id, content, content_hash)
  select :organisation::uuid, :hand_over_id::uuid, customer_id, :content::text, decode(:content_hash::text, 'hex') from handing),
drawn_there as (
  insert into care.hand_over_signature (organisation_id, hand_over_id, customer_id, strokes, strokes_hash, staff_strokes, staff_strokes_hash)
  select :organisation::uuid, :hand_over_id::uuid, customer_id, :strokes::text, decode(:signature_hash::text, 'hex'), :staff_strokes::text, decode(:staff_signature_hash::text, 'hex') from handing where :strokes::text is not null),
shown_there as (
  insert into care.hand_over_photo (organisation_id, hand_over_id, scope_id, position, photos, photo_id, photo_hash)
  select :organisation::uuid, :hand_over_id::uuid, scope_id, position, cardinality(:photo_ids::uuid[]), photo_id, photo_hash from shown_photos),
hand_over_facts as (
  select case when from_kind = 'customer' then 'device_taken_in' when to_kind = 'customer' then 'device_handed_back' when to_kind = 'disposal' then 'device_scrapped' else 'device_handed_over' end as kind, customer_id, 'device_custody' as subject_kind, custody_id as subject_id,
    jsonb_build_object('hand_over_id', hand_over_id, 'step', step, 'from', from_kind, 'from_id', from_id, 'to', to_kind, 'to_id', to_id) as body from handed)
