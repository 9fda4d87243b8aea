-- Input `ending_words (words_of)`: customers of whom nobody is left. What was promised to them in words goes; that it was, and how it ended, stays.
forgotten_words as (
  delete from promises.wording w using ending_words e where w.organisation_id = :organisation::uuid and w.customer_id = e.words_of)
