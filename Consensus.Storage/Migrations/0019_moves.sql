-- Moves of the whole log to another place, or from one: which, how far, and whether this place may be written.
CREATE TABLE moves (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    move_id BLOB NOT NULL CHECK (length(move_id) = 16),
    role TEXT NOT NULL CHECK (role IN ('from', 'to')),
    place TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('copying', 'live', 'moved', 'returned')),
    began_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    document TEXT NOT NULL
) STRICT;
