-- What we told a customer we would do by when, and what became of it.
create schema promises;
grant usage on schema promises to sayso_service;

create table promises.promise (
  organisation_id uuid not null,
  promise_id uuid not null,
  customer_id uuid not null,
  kind text not null constraint promise_kind_is_known check (kind in ('arrive', 'update', 'restore', 'call_back', 'reply', 'refund')),
  subject_kind text not null constraint promise_subject_is_a_word check (subject_kind ~ '^[a-z][a-z_]+$' and length(subject_kind) <= 40),
  subject_id uuid not null,                                              -- a visit, case, incident above; the doctor finds a promise about nothing
  due_at timestamptz not null,                                           -- half-open: at this instant it is too late
  owner_staff_id uuid not null,
  via text not null constraint promise_channel_is_known check (via in ('phone', 'link', 'email', 'sms', 'in_person', 'api')),
  made_by text not null constraint promise_maker_is_short check (length(made_by) between 1 and 100),
  made_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  constraint one_promise_an_id primary key (organisation_id, promise_id),
  constraint promise_due unique (organisation_id, promise_id, due_at),
  constraint promise_is_about_the_future check (due_at > made_at),
  constraint promise_to_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id),
  constraint promise_is_owned foreign key (organisation_id, owner_staff_id) references identity.staff (organisation_id, staff_id));
create index promise_of_subject on promises.promise (organisation_id, subject_id, kind);
create index promise_of_kind on promises.promise (organisation_id, kind, promise_id);
create index promise_by_due on promises.promise (organisation_id, due_at);
create index promise_of_customer on promises.promise (organisation_id, customer_id, promise_id);
select kit.append_only('promises.promise', except_columns => 'recorded_at');

-- How a promise ended, by what happened and when. Without a row it is open until it is due, and broken from then on.
create table promises.ending (
  organisation_id uuid not null,
  promise_id uuid not null,
  due_at timestamptz not null,
  outcome text not null constraint ending_is_known check (outcome in ('kept', 'broken', 'released', 'renewed')),   -- renewed: another time was promised before this one broke
  happened_at timestamptz not null,
  ended_by text not null constraint ending_actor_is_short check (length(ended_by) between 1 and 100),
  recorded_at timestamptz not null default kit.recorded_now(),
  constraint one_ending_a_promise primary key (organisation_id, promise_id),
  constraint in_time_or_broken check (outcome = 'broken' or happened_at < due_at),
  constraint ending_of_promise foreign key (organisation_id, promise_id, due_at) references promises.promise (organisation_id, promise_id, due_at));
select kit.append_only('promises.ending', except_columns => 'recorded_at');
