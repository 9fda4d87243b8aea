-- verb: state_forecast
-- What a matter is expected to come to. Where the law of its place wants the customer told of an overrun, that is due at once.
with scope as (select * from authorisations.scope where organisation_id = :organisation and scope_id = :scope_id::uuid),
head as (
  select a.seq, a.entry_hash, a.revised_total_minor from scope s join authorisations.authorisation a on a.organisation_id = s.organisation_id and a.scope_id = s.scope_id
  order by a.seq desc limit 1),
known as (
  select f.*, (f.scope_id, f.projected_minor, f.reason) = (:scope_id::uuid, :projected_minor::bigint, :reason::text) as same
  from authorisations.forecast f where f.organisation_id = :organisation and f.forecast_id = :forecast_id::uuid),
stated as (
  insert into authorisations.forecast (organisation_id, scope_id, number, forecast_id, projected_minor, head_seq, head_hash, authorised_minor, reason, stated_by)
  select :organisation, s.scope_id,
    coalesce((select f.number from authorisations.forecast f where f.organisation_id = s.organisation_id and f.scope_id = s.scope_id order by f.number desc limit 1), 0) + 1,
    :forecast_id::uuid, :projected_minor::bigint, h.seq, h.entry_hash, coalesce(h.revised_total_minor, 0), :reason::text, :actor
  from scope s left join head h on true where not exists (select from known)
  returning forecast_id, scope_id, projected_minor, authorised_minor, over),
body as (
  select status, jsonb_build_object('id', f.forecast_id, 'scope_id', f.scope_id, 'currency', s.currency, 'projected_minor', f.projected_minor, 'authorised_minor', f.authorised_minor,
    'notice_due', f.over and s.overrun_notice) as body
  from (select *, 201 as status from stated union all select forecast_id, scope_id, projected_minor, authorised_minor, over, 200 from known where same) f cross join scope s),
happened as (
  select 'forecast_stated' as kind, s.customer_id, 'scope' as subject_kind, f.scope_id as subject_id, b.body - '{id,scope_id}'::text[] || jsonb_build_object('forecast_id', f.forecast_id) as body
  from stated f cross join scope s cross join body b
  union all
  select 'overrun_notice_due', s.customer_id, 'scope', f.scope_id,
    jsonb_build_object('forecast_id', f.forecast_id, 'currency', s.currency, 'projected_minor', f.projected_minor, 'authorised_minor', f.authorised_minor)
  from stated f cross join scope s where f.over and s.overrun_notice and not exists (select from authorisations.overrun_notice n
    where n.organisation_id = s.organisation_id and n.scope_id = s.scope_id and n.projected_minor >= f.projected_minor)),
answer as (
  select status, null::text as code, body from body
  union all select 409, 'ID_TAKEN', '{}'::jsonb from known where not same)

-- verb: log_overrun_notice
-- That the customer was told of a forecast, by whom, when and how: what was held for it may be billed from then on.
with forecast as (
  select f.*, s.customer_id, s.currency from authorisations.forecast f join authorisations.scope s on s.organisation_id = f.organisation_id and s.scope_id = f.scope_id
  where f.organisation_id = :organisation and f.forecast_id = :forecast_id::uuid),
contact as (
  select c.contact_id from forecast f join customers.contact c on c.organisation_id = f.organisation_id and c.customer_id = f.customer_id and c.contact_id = :contact_id::uuid),
known as (
  select n.*, (n.forecast_id, n.contact_id, n.channel, n.told_at) = (:forecast_id::uuid, :contact_id::uuid, :channel::text, :told_at::timestamptz) as same
  from authorisations.overrun_notice n where n.organisation_id = :organisation and n.notice_id = :notice_id::uuid),
told as (
  insert into authorisations.overrun_notice (organisation_id, notice_id, forecast_id, scope_id, customer_id, currency, projected_minor, over, contact_id, channel, told_at, told_by)
  select :organisation, :notice_id::uuid, f.forecast_id, f.scope_id, f.customer_id, f.currency, f.projected_minor, f.over, c.contact_id, :channel::text, :told_at::timestamptz, :actor
  from forecast f cross join contact c where not exists (select from known)
  returning notice_id, forecast_id, scope_id, customer_id, currency, projected_minor, contact_id, channel, told_at),
happened as (
  select 'overrun_notice_given' as kind, customer_id, 'scope' as subject_kind, scope_id as subject_id,
    jsonb_build_object('notice_id', notice_id, 'forecast_id', forecast_id, 'currency', currency, 'projected_minor', projected_minor, 'contact_id', contact_id, 'channel', channel,
      'told_at', told_at) as body from told),
answer as (
  select status, null::text as code, jsonb_build_object('id', notice_id, 'forecast_id', forecast_id, 'projected_minor', projected_minor) as body
  from (select notice_id, forecast_id, projected_minor, 201 as status from told union all select notice_id, forecast_id, projected_minor, 200 from known where same) n
  union all select 409, 'ID_TAKEN', '{}'::jsonb from known where not same
  union all select 404, 'CONTACT_NOT_FOUND', '{}'::jsonb from forecast where not exists (select from contact) and not exists (select from known))

-- query: list_forecasts
-- The latest first, each with who was told of it.
select f.forecast_id, s.currency, f.projected_minor, f.authorised_minor, f.over and s.overrun_notice, f.reason, f.stated_by, f.stated_at,
  coalesce((select jsonb_agg(jsonb_build_object('id', n.notice_id, 'contact_id', n.contact_id, 'channel', n.channel,
      'told_at', to_char(n.told_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'told_by', n.told_by) order by n.recorded_at)
    from authorisations.overrun_notice n where n.organisation_id = f.organisation_id and n.scope_id = f.scope_id and n.forecast_id = f.forecast_id), '[]')::text
from authorisations.forecast f join authorisations.scope s on s.organisation_id = f.organisation_id and s.scope_id = f.scope_id
where f.organisation_id = :organisation and f.scope_id = :scope_id order by f.number desc limit 200
