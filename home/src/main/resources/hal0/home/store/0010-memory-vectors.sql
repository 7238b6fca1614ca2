-- What items mean, as the models see it that have been used for that. A model of a name and a
-- number of dimensions is one; another number under the same name is another model.
CREATE TABLE memory_model (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    dimension INTEGER NOT NULL
);
CREATE UNIQUE INDEX memory_model_name ON memory_model (name, dimension);
-- One signed byte for each dimension; its length says nothing, only its direction does.
CREATE TABLE memory_vector (
    item_id BIGINT NOT NULL,
    model_id BIGINT NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (item_id, model_id)
);
-- The same in 1024 bits, with which a few of many are picked out. Kept apart, because all of them
-- are read at once; seq counts up, so that who has read them reads only what is new.
CREATE TABLE memory_sketch (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    item_id BIGINT NOT NULL,
    model_id BIGINT NOT NULL,
    bank TEXT NOT NULL,
    sketch BLOB NOT NULL
);
CREATE INDEX memory_sketch_item ON memory_sketch (item_id);
-- The model that has seen the text of an item; null for none, as after a change of the text.
ALTER TABLE memory_item ADD COLUMN embedded_by BIGINT;
CREATE INDEX memory_item_embedded ON memory_item (embedded_by, id);
CREATE INDEX memory_item_bank ON memory_item (bank, id);
