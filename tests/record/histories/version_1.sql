-- A history of version 1: `.dump` of one that posecoach wrote before there was a version 2.
BEGIN TRANSACTION;
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
INSERT INTO "attempts" VALUES(2,1,'right',1.0,2.0,3.0,'too_shallow','{"heel_lift_cm":1.3}');
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
INSERT INTO "holds" VALUES(2,1,'left',3.6,11.6,8.0,'{"hip_angle_deg":88.0}','["knee_bent"]',1);
CREATE TABLE moments (
    in_set INTEGER NOT NULL REFERENCES sets ON DELETE CASCADE,
    number INTEGER NOT NULL,
    time_s REAL NOT NULL,
    name TEXT NOT NULL,
    side TEXT,
    why TEXT NOT NULL,
    PRIMARY KEY (in_set, number)
) STRICT, WITHOUT ROWID;
INSERT INTO "moments" VALUES(2,1,21.0,'fault','left','knee_bent');
INSERT INTO "moments" VALUES(2,2,22.0,'person_lost',NULL,'');
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
INSERT INTO "reps" VALUES(1,1,'right',0.0,1.0,2.0,'{"up_s":0.9,"top_s":0.4,"down_s":1.1,"heel_lift_cm":6.9}','[]',0.94,0,NULL);
INSERT INTO "reps" VALUES(1,2,'left',2.5,3.5,4.5,'{"up_s":0.9,"top_s":0.4,"down_s":1.1,"heel_lift_cm":7.0}','[]',0.94,0,NULL);
INSERT INTO "reps" VALUES(2,1,'both',22.5,23.5,24.5,'{"up_s":0.9,"top_s":0.4,"down_s":1.1,"heel_lift_cm":7.800000000000001}','["too_fast","off_beat"]',0.94,1,'ccw');
INSERT INTO "reps" VALUES(3,1,'right',0.0,1.0,2.0,'{"up_s":0.9,"top_s":0.4,"down_s":1.1,"heel_lift_cm":6.9}','[]',0.94,0,NULL);
INSERT INTO "reps" VALUES(3,2,'left',2.5,3.5,4.5,'{"up_s":0.9,"top_s":0.4,"down_s":1.1,"heel_lift_cm":7.0}','[]',0.94,0,NULL);
INSERT INTO "reps" VALUES(3,3,'right',5.0,6.0,7.0,'{"up_s":0.9,"top_s":0.4,"down_s":1.1,"heel_lift_cm":7.1000000000000005}','[]',0.94,0,NULL);
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
INSERT INTO "sessions" VALUES(1,1775107815250001,'2026-04-02','00000000000000000000000000000001','2026-04-02T07:30:15.250001+02:00','program',1.25,61.5,1,'short_five','Short five',0,NULL,181.7,0,60.0,'full','0.1.0');
INSERT INTO "sessions" VALUES(2,1775194215250001,'2026-04-03','00000000000000000000000000000002','2026-04-03T07:30:15.250001+02:00','program',1.25,61.5,1,'heel_raise_test','Heel-raise test',0,NULL,181.7,0,60.0,'full','0.1.0');
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
INSERT INTO "sets" VALUES(1,1,1,'heel_raises','Heel raises','reps','auto',0.0,9.5,NULL,NULL,NULL,NULL,10,NULL,NULL,NULL,NULL,0,'no','',NULL);
INSERT INTO "sets" VALUES(2,1,2,'leg_up_towel','Leg-up towel stretch','hold','left',20.0,55.25,'done',1,2,'foot to the ceiling',NULL,30.0,30.0,'out','cw',1,'alone','step_nearer',12);
INSERT INTO "sets" VALUES(3,2,1,'heel_raises','Heel raises','reps','left',0.0,9.5,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,'no','',NULL);
CREATE TABLE traces (
    in_set INTEGER NOT NULL REFERENCES sets ON DELETE CASCADE,
    part INTEGER NOT NULL,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    packed BLOB NOT NULL,
    PRIMARY KEY (in_set, part, number)
) STRICT
;
INSERT INTO "traces" VALUES(1,0,0,'','s',X'789C63606060E8ECE8B0EDECE0B03B7BC6C70EC8B65BBD6A951D0060C70965');
INSERT INTO "traces" VALUES(1,0,1,'level','share',X'789C63603850CF8086037819ED00567E06D8');
INSERT INTO "traces" VALUES(1,0,2,'body_rise','leg',X'789C63603850CF80866766F0D8000058C70785');
INSERT INTO "traces" VALUES(2,0,0,'','s',X'789C63606060E8ECE8B0EDECE0B003001077032E');
INSERT INTO "traces" VALUES(2,0,1,'level','share',X'789C63603850CF00C50014FD03BE');
INSERT INTO "traces" VALUES(2,0,2,'body_rise','leg',X'789C63603850CF00C50014FD03BE');
INSERT INTO "traces" VALUES(3,0,0,'','s',X'789C63606060E8ECE8B0EDECE0B003001077032E');
INSERT INTO "traces" VALUES(3,0,1,'level','share',X'789C63603850CF00C50014FD03BE');
INSERT INTO "traces" VALUES(3,0,2,'body_rise','leg',X'789C63603850CF00C50014FD03BE');
CREATE INDEX sessions_by_day ON sessions (day);
CREATE INDEX sets_by_exercise ON sets (exercise);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('sessions',2);
COMMIT;
PRAGMA application_id = 1886352229;
PRAGMA user_version = 1;
PRAGMA journal_mode = wal;
