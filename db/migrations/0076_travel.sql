-- Travel: how long it takes from place to place, as a road engine told, and how fast people travel where none told.
create table dispatch.travel_leg (
  organisation_id uuid not null,
  from_latitude_e7 int not null constraint leg_from_latitude_is_on_earth check (from_latitude_e7 between -900000000 and 900000000),
  from_longitude_e7 int not null constraint leg_from_longitude_is_on_earth check (from_longitude_e7 between -1800000000 and 1800000000),
  to_latitude_e7 int not null constraint leg_to_latitude_is_on_earth check (to_latitude_e7 between -900000000 and 900000000),
  to_longitude_e7 int not null constraint leg_to_longitude_is_on_earth check (to_longitude_e7 between -1800000000 and 1800000000),
  seconds int constraint leg_seconds_in_range check (seconds between 0 and 604800),                          -- null: there is no road
  metres int constraint leg_metres_in_range check (metres between 0 and 20000000),
  engine text not null constraint leg_engine_is_short check (length(engine) between 1 and 20),
  told_at timestamptz not null,
  constraint one_leg_a_pair primary key (organisation_id, from_latitude_e7, from_longitude_e7, to_latitude_e7, to_longitude_e7),
  constraint leg_figures_come_together check ((seconds is null) = (metres is null)));
select kit.changeable('dispatch.travel_leg', 'seconds, metres, engine, told_at');
select kit.deletable('dispatch.travel_leg');
create index leg_by_age on dispatch.travel_leg (organisation_id, told_at);

-- What a straight line is turned into, version by version: the detour that roads make, how fast people are, and what each leg takes besides (to the van, to park).
create table dispatch.travel_speeds (
  organisation_id uuid not null,
  version int not null constraint travel_speeds_version_counts check (version between 1 and 1000000000),
  detour_percent int not null constraint travel_detour_in_range check (detour_percent between 100 and 500),
  metres_an_hour int not null constraint travel_speed_in_range check (metres_an_hour between 1000 and 300000),
  leg_seconds int not null constraint travel_leg_in_range check (leg_seconds between 0 and 3600),
  areas jsonb not null constraint travel_areas_are_bounded check (jsonb_typeof(areas) = 'array' and length(areas::text) <= 20000),
  figures jsonb constraint travel_figures_are_bounded check (jsonb_typeof(figures) = 'array' and length(figures::text) <= 20000),  -- what they were computed from
  set_by text not null constraint travel_speeds_setter_is_short check (length(set_by) between 1 and 100),
  set_at timestamptz not null,
  previous int generated always as (nullif(version - 1, 0)) stored,
  constraint one_travel_speeds_a_version primary key (organisation_id, version),
  constraint travel_speeds_follow foreign key (organisation_id, previous) references dispatch.travel_speeds (organisation_id, version));
select kit.append_only('dispatch.travel_speeds');
