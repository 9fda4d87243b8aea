-- verb: ask_reader
-- Kept before the reader is asked. Under the account's lock.
with attempt as (
  select a.attempt_id, a.customer_id from billing.collection_attempt a where a.organisation_id = :organisation::uuid and a.attempt_id = :attempt_id::uuid limit 1),
asked as (
  insert into billing.reader_request (organisation_id, attempt_id, request, asks, reader_id, asked_by, asked_at)
  select :organisation::uuid, a.attempt_id, coalesce((
      select max(r.request) from billing.reader_request r where r.organisation_id = :organisation::uuid and r.attempt_id = a.attempt_id), 0) + 1, :asks::text, :reader_id::text, :actor::text, :at::timestamptz
  from attempt a
  returning attempt_id, request, asks, reader_id),
happened as (
  select 'reader_asked' as kind, a.customer_id, 'attempt' as subject_kind, attempt_id as subject_id, jsonb_build_object('request', request, 'asks', asks, 'reader_id', reader_id) as body
  from asked join attempt a using (attempt_id)),
answer as (select 201 as status, null::text as code, jsonb_build_object('attempt_id', attempt_id, 'request', request) as body from asked)

-- verb: end_reader_request
-- How it ended what a reader was asked for, once: the request that is named, else the last one, or the one before that. What is told of a try or reader that isn't ours changes nothing.
with asked as (
  select r.attempt_id, r.request, r.asks, r.reader_id from billing.reader_request r
  where r.organisation_id = :organisation::uuid and r.attempt_id = :attempt_id::uuid and r.reader_id = :reader_id::text and r.asks = :asks::text
    and r.request = coalesce(:request::int, r.request)
  order by r.request desc offset case when :earlier::boolean then 1 else 0 end limit 1),
attempt as (
  select a.customer_id from asked r
  cross join lateral (
    select a.customer_id from billing.collection_attempt a where a.organisation_id = :organisation::uuid and a.attempt_id = r.attempt_id limit 1) a),
ended as (
  insert into billing.reader_end (organisation_id, attempt_id, request, asks, reason, code, signature_file, ended_at)
  select :organisation::uuid, attempt_id, request, asks, :reason::text, :code::text, :signature_file::text, :at::timestamptz from asked r
  where not exists (
    select from billing.reader_end e where e.organisation_id = :organisation::uuid and e.attempt_id = r.attempt_id and e.request = r.request offset 0)
  returning attempt_id, request, reason, code),
happened as (
  select case when e.reason is null then 'signed_at_reader' else 'reader_failed' end as kind, a.customer_id, 'attempt' as subject_kind, e.attempt_id as subject_id,
    jsonb_strip_nulls(jsonb_build_object('request', e.request, 'reader_id', r.reader_id, 'asks', r.asks, 'reason', e.reason, 'code', e.code)) as body
  from ended e cross join asked r cross join attempt a),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('attempt_id', :attempt_id::uuid, 'request', (select request from asked)) as body)
