"""The history's tables, version by version; ``docs/formats.md`` describes them."""

from __future__ import annotations

APPLICATION = 0x706F7365
"""SQLite's ``application_id`` of a history: "pose"."""

_FIRST = """
CREATE TABLE sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    moment INTEGER NOT NULL,
    day TEXT NOT NULL,
    uid TEXT NOT NULL UNIQUE,
    started_at TEXT NOT NULL,
    source TEXT NOT NULL,
    started_s REAL NOT NULL,
    ended_s REAL NOT NULL,
    finished INTEGER NOT NULL,
    program TEXT,
    program_name TEXT,
    complete INTEGER,
    clip TEXT,
    height_cm REAL NOT NULL,
    height_assumed INTEGER NOT NULL,
    beat REAL,
    model TEXT NOT NULL,
    version TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_by_day ON sessions (day);
CREATE TABLE sets (
    id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
    "order" INTEGER NOT NULL,
    exercise TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    side TEXT NOT NULL,
    started_s REAL NOT NULL,
    ended_s REAL NOT NULL,
    how TEXT,
    set_number INTEGER,
    sets INTEGER,
    label TEXT,
    target_reps INTEGER,
    target_s REAL,
    hold_s REAL,
    feet TEXT,
    way TEXT,
    paced INTEGER NOT NULL,
    close_up TEXT NOT NULL,
    view_why TEXT NOT NULL,
    steps INTEGER,
    UNIQUE (session, "order")
) STRICT;
CREATE INDEX sets_by_exercise ON sets (exercise);
CREATE TABLE reps (
    in_set INTEGER NOT NULL REFERENCES sets ON DELETE CASCADE,
    number INTEGER NOT NULL,
    side TEXT NOT NULL,
    start_s REAL NOT NULL,
    peak_s REAL NOT NULL,
    end_s REAL NOT NULL,
    metrics TEXT NOT NULL,
    faults TEXT NOT NULL,
    confidence REAL NOT NULL,
    paced INTEGER NOT NULL,
    direction TEXT,
    PRIMARY KEY (in_set, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE holds (
    in_set INTEGER NOT NULL REFERENCES sets ON DELETE CASCADE,
    number INTEGER NOT NULL,
    side TEXT NOT NULL,
    start_s REAL NOT NULL,
    end_s REAL NOT NULL,
    seconds REAL NOT NULL,
    metrics TEXT NOT NULL,
    faults TEXT NOT NULL,
    paced INTEGER NOT NULL,
    PRIMARY KEY (in_set, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE attempts (
    in_set INTEGER NOT NULL REFERENCES sets ON DELETE CASCADE,
    number INTEGER NOT NULL,
    side TEXT NOT NULL,
    start_s REAL NOT NULL,
    peak_s REAL NOT NULL,
    end_s REAL NOT NULL,
    why TEXT NOT NULL,
    metrics TEXT NOT NULL,
    PRIMARY KEY (in_set, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE moments (
    in_set INTEGER NOT NULL REFERENCES sets ON DELETE CASCADE,
    number INTEGER NOT NULL,
    time_s REAL NOT NULL,
    name TEXT NOT NULL,
    side TEXT,
    why TEXT NOT NULL,
    PRIMARY KEY (in_set, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE traces (
    in_set INTEGER NOT NULL REFERENCES sets ON DELETE CASCADE,
    part INTEGER NOT NULL,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    packed BLOB NOT NULL,
    PRIMARY KEY (in_set, part, number)
) STRICT
"""

# Whose norm the reps of a heel-raise test have beside them.
_SECOND = """
ALTER TABLE sessions ADD COLUMN age INTEGER;
ALTER TABLE sessions ADD COLUMN sex TEXT
"""

STEPS: tuple[str, ...] = (_FIRST, _SECOND)
"""What makes each version of the database of the one before it, statements parted by
semicolons. A step that has been released is never changed again."""
