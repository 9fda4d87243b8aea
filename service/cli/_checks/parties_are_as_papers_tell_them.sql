-- Organisations, customers and sites are what the last step of their history says, no step is gone but by an erasure, and no paper tells them as they had long ceased to be.
with told as (
  select organisation_id, 'invoice ' || invoice_id as id, customer_id, customer_version, organisation_version, issued_at from billing.invoice
  union all
  select organisation_id, 'credit note ' || credit_note_id, customer_id, customer_version, organisation_version, issued_at from billing.credit_note),
-- an erasure of the last of a customer's people leaves the versions that it met: from those on none is missing
erased as (select organisation_id, customer_id, erased_at as at from evidence.erasure where last)
select o.organisation_id, o.organisation_id::text as id, 'its history doesn''t lead to version ' || o.version as detail from identity.organisation o
left join lateral (
  select count(*) as steps, max(s.version) as last, bool_or(s.version = o.version and s.told_hash = o.told_hash) as same from identity.organisation_step s
  where s.organisation_id = o.organisation_id) h on true
where (h.steps, h.last, h.same) is distinct from (o.version::bigint, o.version, true)
union all
select c.organisation_id, c.customer_id::text, 'their history doesn''t lead to version ' || c.version from customers.customer c
cross join lateral (
  select coalesce(max(s.version), 1) as first from customers.customer_step s
  where s.organisation_id = c.organisation_id and s.customer_id = c.customer_id and s.recorded_at <= (
    select max(e.at) from erased e where e.organisation_id = c.organisation_id and e.customer_id = c.customer_id)) left_of
left join lateral (
  select count(*) as steps, max(s.version) as last, bool_or(s.version = c.version and s.told_hash = c.told_hash) as same from customers.customer_step s
  where s.organisation_id = c.organisation_id and s.customer_id = c.customer_id and s.version >= left_of.first) h on true
where (h.steps, h.last, h.same) is distinct from (c.version::bigint - left_of.first + 1, c.version, true)
union all
select t.organisation_id, t.site_id::text, 'its history doesn''t lead to version ' || t.version from customers.site t
cross join lateral (
  select coalesce(max(s.version), 1) as first from customers.site_step s
  where s.organisation_id = t.organisation_id and s.customer_id = t.customer_id and s.site_id = t.site_id and s.recorded_at <= (
    select max(e.at) from erased e where e.organisation_id = t.organisation_id and e.customer_id = t.customer_id)) left_of
left join lateral (
  select count(*) as steps, max(s.version) as last, bool_or(s.version = t.version and s.told_hash = t.told_hash) as same from customers.site_step s
  where s.organisation_id = t.organisation_id and s.customer_id = t.customer_id and s.site_id = t.site_id and s.version >= left_of.first) h on true
where (h.steps, h.last, h.same) is distinct from (t.version::bigint - left_of.first + 1, t.version, true)
union all
select i.organisation_id, 'invoice ' || i.invoice_id, 'where the work was done is no longer known as it was said to be then' from billing.invoice i
join billing.invoice_scope x on x.organisation_id = i.organisation_id and x.invoice_id = i.invoice_id
left join dispatch.job j on j.organisation_id = x.organisation_id and j.scope_id = x.scope_id
left join subscriptions.subscription u on u.organisation_id = x.organisation_id and u.scope_id = x.scope_id
where coalesce(j.site_id, u.site_id) is not null and not exists (
  select from customers.site_step s where s.organisation_id = i.organisation_id and s.customer_id = i.customer_id and s.site_id = coalesce(j.site_id, u.site_id)
    and (s.recorded_at <= i.issued_at or s.version = 1))
union all
-- an hour: who was changed while something was being issued may be told either way
select t.organisation_id, t.id, 'tells the customer as they were before version ' || s.version from told t
join customers.customer_step s on s.organisation_id = t.organisation_id and s.customer_id = t.customer_id and s.version = t.customer_version + 1
where s.recorded_at < t.issued_at - interval '1 hour'
union all
select t.organisation_id, t.id, 'tells the organisation as it was before version ' || s.version from told t
join identity.organisation_step s on s.organisation_id = t.organisation_id and s.version = t.organisation_version + 1
where s.recorded_at < t.issued_at - interval '1 hour'
order by 1, 2
