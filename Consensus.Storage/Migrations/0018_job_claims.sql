-- Who brings a judge job to the queue, and until when no other does: a claim that was not used ends by itself.
ALTER TABLE judge_jobs ADD COLUMN claimed_until INTEGER;
ALTER TABLE judge_jobs ADD COLUMN claimed_by TEXT;
