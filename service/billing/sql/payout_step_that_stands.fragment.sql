-- The last step that nothing undid: the line by which a payout of `p` is in the bank, or by which it went back.
  select s.sight, s.line_id from billing.bank_step s
  where s.organisation_id = p.organisation_id and s.own_money = p.payout_id and s.sight is not null and s.kind = 'payout' and not exists (
    select from billing.bank_step u where u.organisation_id = s.organisation_id and u.line_id = s.line_id and u.undoes = s.step offset 0)
  order by s.sight desc limit 1
