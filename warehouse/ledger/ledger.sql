-- The ledger. Instants are ISO text in UTC; names of files are the bytes that the file system gave.

CREATE TABLE inbox_file (
    inbox BLOB NOT NULL,
    name BLOB NOT NULL,
    size INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    changed_ns INTEGER NOT NULL,
    PRIMARY KEY (inbox, name)
) WITHOUT ROWID;

CREATE TABLE intake (
    intake_id TEXT PRIMARY KEY,
    receipt_count INTEGER NOT NULL
);

CREATE TABLE receipt (
    receipt_key INTEGER PRIMARY KEY,
    document_key INTEGER NOT NULL,
    intake_id TEXT NOT NULL REFERENCES intake,
    position INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    byte_count INTEGER NOT NULL,
    received_at TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('taken', 'duplicate', 'unreadable')),
    reason TEXT,
    member_count INTEGER,
    settled_by TEXT,
    UNIQUE (intake_id, position)
);

CREATE INDEX receipt_content ON receipt (sha256);

CREATE INDEX receipt_name ON receipt (file_name);

CREATE INDEX receipt_pending ON receipt (intake_id, position) WHERE settled_by IS NULL;

CREATE TABLE legal_move (
    from_status TEXT NOT NULL,
    to_status TEXT NOT NULL,
    PRIMARY KEY (from_status, to_status)
) WITHOUT ROWID;

CREATE TABLE submission_version (
    submission_key INTEGER PRIMARY KEY,
    department_id TEXT,
    fiscal_year INTEGER,
    version INTEGER NOT NULL,
    status TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    release_id TEXT,
    note TEXT
);

CREATE INDEX version_status ON submission_version (status);

CREATE TABLE transition (
    transition_id INTEGER PRIMARY KEY AUTOINCREMENT,
    submission_key INTEGER NOT NULL REFERENCES submission_version,
    from_status TEXT,
    to_status TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    release_id TEXT,
    note TEXT
);

CREATE INDEX transition_submission ON transition (submission_key);

-- Whoever changes a status, by whatever statement, makes a legal move and leaves its trace.

CREATE TRIGGER only_legal_moves BEFORE UPDATE OF status ON submission_version
WHEN NOT EXISTS (SELECT 1 FROM legal_move WHERE from_status = old.status AND to_status = new.status)
BEGIN
    SELECT raise(ABORT, 'illegal transition');
END;

CREATE TRIGGER a_version_appears AFTER INSERT ON submission_version
BEGIN
    INSERT INTO transition (submission_key, from_status, to_status, changed_at, release_id, note)
    VALUES (new.submission_key, NULL, new.status, new.changed_at, new.release_id, new.note);
END;

CREATE TRIGGER a_version_moves AFTER UPDATE OF status ON submission_version
BEGIN
    INSERT INTO transition (submission_key, from_status, to_status, changed_at, release_id, note)
    VALUES (new.submission_key, old.status, new.status, new.changed_at, new.release_id, new.note);
END;

CREATE TRIGGER versions_stay BEFORE DELETE ON submission_version
BEGIN
    SELECT raise(ABORT, 'versions are never deleted');
END;

CREATE TRIGGER history_is_not_changed BEFORE UPDATE ON transition
BEGIN
    SELECT raise(ABORT, 'history is append-only');
END;

CREATE TRIGGER history_is_not_deleted BEFORE DELETE ON transition
BEGIN
    SELECT raise(ABORT, 'history is append-only');
END;
