-- What resampled panels come to, and how far models agree with themselves. Runs from before have none of it.
ALTER TABLE runs ADD COLUMN entropy_corrected REAL;
ALTER TABLE runs ADD COLUMN stability_replicates INTEGER;
ALTER TABLE runs ADD COLUMN agreement_deviation REAL;
ALTER TABLE runs ADD COLUMN entropy_deviation REAL;
ALTER TABLE runs ADD COLUMN repeatability TEXT;
