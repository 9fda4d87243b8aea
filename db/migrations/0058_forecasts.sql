-- What a matter is now expected to come to, and that the customer was told where it is more than they agreed to (BGB § 649(2), ABGB § 1170a(2)).

-- Each says what had been authorised when it was stated, as the chain of acts had it.
create table authorisations.forecast (
  organisation_id uuid not null, scope_id uuid not null,
  number int not null constraint forecast_counts check (number between 1 and 100000),
  forecast_id uuid not null,
  projected_minor bigint not null constraint projection_bounded check (projected_minor between 0 and 1000000000000000),
  head_seq int, head_hash bytea, authorised_minor bigint not null,        -- the last act of then; none yet, nothing authorised
  over boolean not null generated always as (projected_minor > authorised_minor) stored,
  reason text not null constraint forecast_reason_bounded check (length(reason) between 1 and 2000),
  stated_by text not null constraint forecaster_short check (length(stated_by) <= 100),
  stated_at timestamptz not null default kit.recorded_now(),
  constraint forecast_pkey primary key (organisation_id, forecast_id),
  constraint one_forecast_a_number unique (organisation_id, scope_id, number),
  constraint forecast_figures unique (organisation_id, forecast_id, scope_id, projected_minor, over),
  constraint forecast_of_scope foreign key (organisation_id, scope_id) references authorisations.scope (organisation_id, scope_id),
  constraint forecast_against_head foreign key (organisation_id, scope_id, head_seq, head_hash, authorised_minor)
    references authorisations.authorisation (organisation_id, scope_id, seq, entry_hash, revised_total_minor),
  constraint forecast_before_any_act check ((head_seq is null) = (head_hash is null) and (head_seq is not null or authorised_minor = 0)));
select kit.append_only('authorisations.forecast', except_columns => 'stated_at');

-- That somebody told one of the customer's people what it will come to.
create table authorisations.overrun_notice (
  organisation_id uuid not null, notice_id uuid not null, forecast_id uuid not null,
  scope_id uuid not null, customer_id uuid not null, currency text not null, projected_minor bigint not null, over boolean not null constraint only_an_overrun_is_told check (over),
  contact_id uuid not null,
  channel text not null constraint notice_channel_known check (channel in ('email', 'letter', 'phone', 'in_person')),
  told_at timestamptz not null,
  told_by text not null constraint notice_teller_short check (length(told_by) <= 100),
  recorded_at timestamptz not null default kit.recorded_now(),
  constraint overrun_notice_pkey primary key (organisation_id, notice_id),
  constraint notice_was_given check (told_at <= recorded_at + interval '5 minutes'),             -- the device's clock may be that far ahead
  constraint notice_of_forecast foreign key (organisation_id, forecast_id, scope_id, projected_minor, over)
    references authorisations.forecast (organisation_id, forecast_id, scope_id, projected_minor, over),
  constraint notice_in_scope foreign key (organisation_id, scope_id, customer_id, currency) references authorisations.scope (organisation_id, scope_id, customer_id, currency),
  constraint notice_to_contact foreign key (organisation_id, customer_id, contact_id) references customers.contact (organisation_id, customer_id, contact_id));
select kit.append_only('authorisations.overrun_notice', except_columns => 'recorded_at');
create index overrun_notice_of_scope on authorisations.overrun_notice (organisation_id, scope_id, projected_minor);

-- Whether the last forecast is above what is authorised by now and nobody was told of as much. A new yes, a lower forecast or a notice ends it.
create function authorisations.notice_missing(of_organisation uuid, of_scope uuid) returns boolean language sql stable parallel safe as $$
  select coalesce((
    select f.projected_minor > coalesce((select a.revised_total_minor from authorisations.authorisation a
        where a.organisation_id = f.organisation_id and a.scope_id = f.scope_id order by a.seq desc limit 1), 0)
      and not exists (select from authorisations.overrun_notice n
        where n.organisation_id = f.organisation_id and n.scope_id = f.scope_id and n.projected_minor >= f.projected_minor)
    from authorisations.forecast f where f.organisation_id = of_organisation and f.scope_id = of_scope order by f.number desc limit 1), false)
$$;
grant execute on function authorisations.notice_missing to sayso_service;

select kit.lockable('scope', 'authorisations.forecast', 'scope_id', 'forecast_id');
