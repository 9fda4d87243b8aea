-- No step of dunning was taken after its invoice was paid or reduced, nobody was cut off, visited or given up while a hold or promise stood, and days count from the due day.
select d.organisation_id, d.invoice_id || ' ' || d.ordinal, format('%s was done on %s, when %s was no longer what was open', d.kind, d.taken_on, d.open_minor)
from billing.dunning_step d
where exists (
  select from billing.allocation a where a.organisation_id = d.organisation_id and a.invoice_id = d.invoice_id and a.step > d.allocation_step
    and (a.epoch, a.transaction_id) < (d.epoch, d.transaction_id))
union all
select d.organisation_id, d.invoice_id || ' ' || d.ordinal, format('%s was done on %s while %s held it', d.kind, d.taken_on, h.kind)
from billing.dunning_step d
join billing.dunning_hold h on h.organisation_id = d.organisation_id and h.customer_id = d.customer_id and coalesce(h.invoice_id, d.invoice_id) = d.invoice_id
  and (h.epoch, h.transaction_id) < (d.epoch, d.transaction_id) and (h.until_on is null or h.until_on > d.taken_on)
  and (h.contested_minor is null or h.contested_minor >= d.open_minor)
left join billing.dunning_hold_release r on r.organisation_id = h.organisation_id and r.hold_id = h.hold_id
where d.kind in ('suspend', 'collect', 'end') and (r.hold_id is null or (r.epoch, r.transaction_id) > (d.epoch, d.transaction_id))
union all
select d.organisation_id, d.invoice_id || ' ' || d.ordinal, format('counts its days from %s, and the invoice was due on %s', d.base_on, i.due_on)
from billing.dunning_step d join billing.invoice i on i.organisation_id = d.organisation_id and i.invoice_id = d.invoice_id
where d.base_on < i.due_on or (d.episode = 0 and d.base_on <> i.due_on)
union all
select d.organisation_id, d.claim_id || ' ' || d.ordinal, format('%s was done on %s, when %s was no longer what was open', d.kind, d.taken_on, d.open_minor)
from billing.claim_reminder d
where exists (
  select from billing.claim_step s where s.organisation_id = d.organisation_id and s.claim_id = d.claim_id and s.step > d.claim_step
    and (s.epoch, s.transaction_id) < (d.epoch, d.transaction_id))
order by 1, 2
