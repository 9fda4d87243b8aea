-- When a limit of a contact's begins anew: whole seconds until the next hour, or day, of UTC.
waits as (
  select (3600 - authorisations.microseconds(kit.recorded_now()) / 1000000 % 3600)::int as until_hour, (86400 - authorisations.microseconds(kit.recorded_now()) / 1000000 % 86400)::int as until_day)
