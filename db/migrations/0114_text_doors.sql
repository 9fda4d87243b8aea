-- Texts that come in for cases: by which gateways of the operator's, each signed by a secret that is made of the door's id and kept nowhere.
create table care.text_door (
  organisation_id uuid not null,
  text_door_id uuid not null,
  channel text not null constraint text_door_channel_is_known check (channel in ('sms', 'chat')),
  name text not null constraint text_door_name_has_a_length check (length(name) between 1 and 100),
  set_by text not null constraint text_door_setter_short check (length(set_by) <= 100),
  set_at timestamptz not null,
  constraint one_text_door_an_id primary key (organisation_id, text_door_id),
  constraint text_door_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.append_only('care.text_door');
select kit.deletable('care.text_door');
