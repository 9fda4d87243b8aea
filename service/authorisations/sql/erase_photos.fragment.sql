-- Erases the pictures of the photos in `erasing_photos (photo_id)`; their rows and hashes stay, and every proof that cites them. Gives `erased_photo (photo_id)`.
erased_photo as (
  delete from authorisations.photo_content c using erasing_photos e where c.organisation_id = :organisation::uuid and c.photo_id = e.photo_id
  returning c.photo_id)
