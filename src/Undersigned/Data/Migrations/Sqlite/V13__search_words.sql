-- Search by name looks for whole words, which the program knows: an index of words is smaller than the one of their pieces, and quicker.
DROP TRIGGER line_search_insert;
DROP TRIGGER line_search_delete;
DROP TRIGGER line_search_update;
DROP TABLE line_search;
CREATE VIRTUAL TABLE line_search USING fts5 (folded, content = '', contentless_delete = 1, tokenize = 'ascii', detail = 'none');
INSERT INTO line_search (rowid, folded) SELECT letter_id * 16777216 + leaf_index, folded_name FROM line;
CREATE TRIGGER line_search_insert AFTER INSERT ON line BEGIN
    INSERT INTO line_search (rowid, folded) VALUES (new.letter_id * 16777216 + new.leaf_index, new.folded_name);
END;
CREATE TRIGGER line_search_delete AFTER DELETE ON line BEGIN
    DELETE FROM line_search WHERE rowid = old.letter_id * 16777216 + old.leaf_index;
END;
CREATE TRIGGER line_search_update AFTER UPDATE OF folded_name ON line BEGIN
    DELETE FROM line_search WHERE rowid = old.letter_id * 16777216 + old.leaf_index;
    INSERT INTO line_search (rowid, folded) VALUES (new.letter_id * 16777216 + new.leaf_index, new.folded_name);
END;
