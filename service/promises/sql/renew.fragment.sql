-- Input `renewing (renewed_id, promise_id)`: which promise stands in the place of one that ends as renewed in the same statement.
promises_renewed as (insert into promises.renewal (organisation_id, renewed_id, promise_id) select :organisation::uuid, renewed_id, promise_id from renewing)
