-- What was asked of strategies that take steps. Runs from before have none of it.
ALTER TABLE runs ADD COLUMN ranking TEXT;
ALTER TABLE runs ADD COLUMN cascade_tiers TEXT;
