"""A workout: one exercise watched from pose to events, and several one after the other."""

from posecoach.session.block_run import BlockResult
from posecoach.session.plan import Block, blocks_of, plan, total_s
from posecoach.session.program import Program, Step
from posecoach.session.program_loader import ProgramError, find_program, load_program
from posecoach.session.session import ASSUMED_HEIGHT_CM, Session
from posecoach.session.snapshot import Phase, Snapshot
from posecoach.session.workout import Workout, WorkoutState

__all__ = [
    "ASSUMED_HEIGHT_CM",
    "Block",
    "BlockResult",
    "Phase",
    "Program",
    "ProgramError",
    "Session",
    "Snapshot",
    "Step",
    "Workout",
    "WorkoutState",
    "blocks_of",
    "find_program",
    "load_program",
    "plan",
    "total_s",
]
