-- The language of whoever signed or wrote: en, es, fr, de or ar. The same step exists for the other engine.

ALTER TABLE signature ADD COLUMN language text;
ALTER TABLE inquiry ADD COLUMN language text;
