-- What is to be remembered, in banks by name. Equal texts of a bank are one item, told by the
-- SHA-256 of the text with its white space evened; told_at is when it was last said. Tags are one a
-- line, metadata is a JSON object of texts.
CREATE TABLE memory_item (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bank TEXT NOT NULL,
    text TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    tags TEXT NOT NULL,
    metadata_json TEXT NOT NULL,
    source TEXT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    told_at_ms BIGINT NOT NULL,
    used_at_ms BIGINT,
    uses BIGINT NOT NULL
);
CREATE UNIQUE INDEX memory_item_text ON memory_item (bank, text_hash);
CREATE INDEX memory_item_told ON memory_item (told_at_ms);
-- The words of items, under their ids; the texts themselves are not kept twice. The bank is one
-- word, so that a search in one bank reads no items of others. Written by MemoryTable alone, because
-- identifiers are taken apart before.
CREATE VIRTUAL TABLE memory_words USING fts5 (
    text, tags, bank,
    content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 2');
