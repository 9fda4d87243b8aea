-- A consumer who agreed at a distance or at the door may withdraw for some days without a reason (Directive 2011/83/EU, article 9).

-- Who asked for the work to begin at once pays for what was done by then, in proportion to the whole price (article 14(3)); who didn't, nothing (14(4)).
create table authorisations.withdrawal (
  organisation_id uuid not null, authorisation_id uuid not null, revocation_id uuid not null, scope_id uuid not null,
  authorised_at timestamptz not null, express_request boolean not null, withdrawal_days int not null,
  withdrawn_at timestamptz not null default kit.recorded_now(),
  constraint withdrawal_pkey primary key (organisation_id, authorisation_id),
  -- the day on which they agreed isn't counted (Regulation 1182/71, article 3)
  constraint withdrawn_in_time check (withdrawal_days > 0 and withdrawn_at < authorised_at + (withdrawal_days + 1) * interval '24 hours'),
  constraint withdrawn_from_act foreign key (organisation_id, authorisation_id, scope_id, authorised_at, express_request)
    references authorisations.authorisation (organisation_id, authorisation_id, scope_id, authorised_at, express_request),
  constraint withdrawn_by_revocation foreign key (organisation_id, revocation_id, scope_id, authorisation_id)
    references authorisations.authorisation (organisation_id, authorisation_id, scope_id, revokes),
  constraint withdrawn_under_law foreign key (organisation_id, scope_id, withdrawal_days) references authorisations.scope (organisation_id, scope_id, withdrawal_days));
select kit.append_only('authorisations.withdrawal', except_columns => 'withdrawn_at');
