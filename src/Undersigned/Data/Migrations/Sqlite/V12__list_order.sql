-- Whom the organiser puts first on the list, as signature ids in order, and by what the names are sorted; and the published size at which its display is frozen, null while that goes on. The same step exists for the other engine.

ALTER TABLE letter ADD COLUMN first_signatures TEXT NOT NULL DEFAULT '[]';
ALTER TABLE letter ADD COLUMN list_order TEXT NOT NULL DEFAULT 'FamilyName';
ALTER TABLE letter ADD COLUMN frozen_size INTEGER;
