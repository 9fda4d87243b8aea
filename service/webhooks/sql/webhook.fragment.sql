-- One of them as it stands; the reader goes on with which.
select w.webhook_id, w.url, w.description, w.kinds, w.scopes, w.state, s.because, s.at, p.failing_since,
  (select count(*) from (select from webhooks.delivery d where d.organisation_id = :organisation and d.webhook_id = w.webhook_id and d.state = 'waiting' limit 1000) one),
  (select count(*) from (select from webhooks.delivery d where d.organisation_id = :organisation and d.webhook_id = w.webhook_id and d.state = 'failed' limit 1000) one),
  w.secret_number, w.former_secret_until, w.made_by, w.made_at, w.version
from webhooks.webhook w
join webhooks.webhook_step s on s.organisation_id = :organisation and s.webhook_id = w.webhook_id and s.step = w.step
join webhooks.progress p on p.organisation_id = :organisation and p.webhook_id = w.webhook_id
where w.organisation_id = :organisation
