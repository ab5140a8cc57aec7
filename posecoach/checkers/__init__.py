"""What an exercise is, and how it is counted. Pure: no pictures, no clocks, no words."""

from posecoach.checkers.catalogue import Catalogue, read_catalogue
from posecoach.checkers.definition import Definition, Word
from posecoach.checkers.loader import DefinitionError, find_definition, load_all, load_definition
from posecoach.checkers.results import Attempt, BodySide, Hold, Rep
from posecoach.checkers.update import Checker, Update

__all__ = [
    "Attempt",
    "BodySide",
    "Catalogue",
    "Checker",
    "Definition",
    "DefinitionError",
    "Hold",
    "Rep",
    "Update",
    "Word",
    "find_definition",
    "load_all",
    "load_definition",
    "read_catalogue",
]
