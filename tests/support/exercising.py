"""A program for the tests that kill it: real sessions of a drawn figure, through the recorder.

``exercising.py HISTORY ROUNDS``: begins a session a round, in a process of its own, as fast as
it goes; each rep is printed when it is counted and when it is stored. The process is killed at
a random moment; what is then in the history is printed too.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from figures import film, heel_raises

from posecoach import Session
from posecoach.checkers import find_definition
from posecoach.record.history.reading import History
from posecoach.record.history.recorder import Recorder, new_record
from posecoach.record.history.writer import Writer

REPS = 5
DEFINITION = find_definition("heel_raises")
POSES = list(film(heel_raises(REPS, period_s=1.5), 2.0 + 1.5 * REPS, 15.0))
# Each process takes over here, shortly before the first rep.
SESSION = Session(DEFINITION)
for pose in POSES[:40]:
    SESSION.update(pose)


def exercise(path: Path, uid: str, told: int) -> None:
    """Count, store, and tell: ``c`` for a rep that is counted, ``s`` once it is stored."""
    session = SESSION
    with Writer(path, sys.exit) as writer:
        recorder = Recorder(new_record(uid=uid), writer.put)
        count = 0
        for pose in POSES[40:]:
            recorder.watch(session, session.update(pose), pose.time_s)
            if len(session.reps) > count:
                count = len(session.reps)
                os.write(told, b"c")
                writer.flush()
                os.write(told, b"s")
        recorder.end()


def main() -> None:
    """See above."""
    path, rounds = Path(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(5)
    for number in range(rounds):
        uid = f"{number:032x}"
        reading, telling = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            exercise(path, uid, telling)
            os._exit(0)
        os.close(telling)
        # The first byte, or the end, says that it got going.
        told = os.read(reading, 1)
        time.sleep(chance.random() * 0.045)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        while more := os.read(reading, 64):
            told += more
        os.close(reading)
        with History.reading(path) as history:
            there = next((one for one in history.sessions() if one.uid == uid), None)
            sound = history.rows("PRAGMA quick_check")[0][0]
        reps = len(there.sets[0].reps) if there is not None else 0
        whole = there is not None and there.finished
        killed = os.WIFSIGNALED(status)
        print(told.count(b"c"), told.count(b"s"), reps, int(whole), int(killed), sound, flush=True)


if __name__ == "__main__":
    main()
