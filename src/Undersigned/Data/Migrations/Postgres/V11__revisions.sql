-- Why a revision was made. The same step exists for the other engine.

ALTER TABLE revision ADD COLUMN reason text;
