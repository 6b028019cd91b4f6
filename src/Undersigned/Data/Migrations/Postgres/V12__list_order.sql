-- Whom the organiser puts first on the list, as signature ids in order, and by what the names are sorted. The same step exists for the other engine.

ALTER TABLE letter ADD COLUMN first_signatures text NOT NULL DEFAULT '[]';
ALTER TABLE letter ADD COLUMN list_order text NOT NULL DEFAULT 'FamilyName';
