-- The language of whoever signed or wrote: en, es, fr, de or ar. The same step exists for the other engine.

ALTER TABLE signature ADD COLUMN language TEXT;
ALTER TABLE inquiry ADD COLUMN language TEXT;
