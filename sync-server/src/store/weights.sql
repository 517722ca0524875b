-- What the changes of a document weigh on the way, near enough: whether a snapshot is worth making is
-- asked often, and must not cost a walk through all of them.
ALTER TABLE doc ADD COLUMN weight INTEGER NOT NULL DEFAULT 0;
UPDATE doc SET weight =
    (SELECT coalesce(sum(length(bytes) + 128), 0) FROM change WHERE change.doc = doc.id);
