-- query: receipt_facts
select o.name, o.phone, o.email, c.name, c.language, c.zone, r.receipt_number, p.amount_minor, p.currency, p.method, p.captured_at,
       (select s.name from identity.staff s where s.organisation_id = p.organisation_id and s.staff_id = p.taken_by),
       coalesce((select jsonb_agg(jsonb_build_object('number', i.series || '-' || i.number, 'paid_minor', (x ->> 'paid_minor')::bigint, 'open_minor', (x ->> 'open_minor')::bigint) order by n)
         from jsonb_array_elements(r.outcome -> 'paid') with ordinality as e (x, n)
         join billing.invoice i on i.organisation_id = p.organisation_id and i.invoice_id = (x ->> 'invoice_id')::uuid), '[]'),
       (r.outcome ->> 'credit_minor')::bigint,
       coalesce((select jsonb_agg(x ->> 'paid_through_on' order by n) from jsonb_array_elements(r.outcome -> 'services') with ordinality as e (x, n)), '[]'),
       exists (select from billing.payment_reversal v where v.organisation_id = p.organisation_id and v.payment_id = p.payment_id)
from billing.payment p
join billing.receipt r on r.organisation_id = p.organisation_id and r.payment_id = p.payment_id
join customers.customer c on c.organisation_id = p.organisation_id and c.customer_id = p.customer_id
join identity.organisation o on o.organisation_id = p.organisation_id
where p.organisation_id = :organisation and p.payment_id = :payment_id

-- query: invoice_facts
-- As issued: what was paid since is the account's to say. Consents as the law of many places asks: who, how, when, what it added, the total then.
select o.name, o.phone, o.email, c.name, c.language, c.zone, i.series || '-' || i.number, i.currency, i.tax_basis, i.issued_on, i.due_on, i.lines_minor, i.tax_minor, i.total_minor,
       (select jsonb_agg(jsonb_build_object('description', l.description, 'unit', l.unit,
           'quantity', authorisations.quantity(l.quantity_numerator, l.quantity_denominator), 'unit_price', authorisations.quantity(l.price_numerator, l.price_denominator),
           'net_minor', l.net_minor) order by l.line_number)
        from billing.invoice_line l where l.organisation_id = i.organisation_id and l.invoice_id = i.invoice_id),
       (select jsonb_agg(jsonb_build_object('rate', authorisations.quantity(t.tax_numerator::numeric * 100, t.tax_denominator), 'lines_minor', t.lines_minor, 'tax_minor', t.tax_minor)
           order by t.position)
        from billing.invoice_tax t where t.organisation_id = i.organisation_id and t.invoice_id = i.invoice_id),
       coalesce((select jsonb_agg(jsonb_build_object('channel', a.channel, 'consented_at', a.consented_at, 'received_by', a.received_by, 'added_minor', a.added_minor,
           'total_minor', a.revised_total_minor) order by a.consented_at, a.scope_id, a.seq)
        from billing.invoice_scope s
        join authorisations.authorisation a on a.organisation_id = s.organisation_id and a.scope_id = s.scope_id
        where s.organisation_id = i.organisation_id and s.invoice_id = i.invoice_id), '[]')
from billing.invoice i
join customers.customer c on c.organisation_id = i.organisation_id and c.customer_id = i.customer_id
join identity.organisation o on o.organisation_id = i.organisation_id
where i.organisation_id = :organisation and i.invoice_id = :invoice_id
