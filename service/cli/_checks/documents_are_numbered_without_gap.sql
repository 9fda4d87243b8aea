-- Invoices and credit notes are numbered from 1 without a gap in each series, and come to the sum of their lines and of their taxes.
select organisation_id, series as id, count(*) || ' documents, the last numbered ' || max(number) as detail
from (select organisation_id, series, number from billing.invoice union all select organisation_id, series, number from billing.credit_note) n
group by organisation_id, series having count(*) <> max(number) or min(number) <> 1
union all
select i.organisation_id, i.invoice_id::text, 'does not come to the sum of its lines and taxes'
from billing.invoice i
where (i.lines_minor, i.tax_minor) is distinct from (
  (select sum(l.net_minor) from billing.invoice_line l where l.organisation_id = i.organisation_id and l.invoice_id = i.invoice_id),
  (select sum(kit.rounded(r.net * r.tax_numerator, r.tax_denominator::numeric + case i.tax_basis when 'incl' then r.tax_numerator else 0 end)) from (
    select l.tax_category, l.tax_numerator, l.tax_denominator, sum(l.net_minor) as net from billing.invoice_line l
    where l.organisation_id = i.organisation_id and l.invoice_id = i.invoice_id group by 1, 2, 3) r))
order by 1, 2
