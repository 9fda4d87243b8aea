-- What waits to be accepted shows no count: it is counted blind.
select h.hand_in_id, h.staff_id, s.name, h.to_staff_id, case when a.hand_in_id is not null then jsonb_build_object('amount', h.counted_minor, 'currency', h.currency) end, h.currency,
       h.handed_in_at, a.accepted_by, case when a.hand_in_id is not null then jsonb_build_object('amount', a.accepted_minor, 'currency', h.currency) end, a.reason, a.note, a.accepted_at
from billing.cash_hand_in h
join identity.staff s on s.organisation_id = h.organisation_id and s.staff_id = h.staff_id
left join billing.cash_acceptance a on a.organisation_id = h.organisation_id and a.hand_in_id = h.hand_in_id
