"""Recordings of landmarks: what a pose model saw, without a picture. See docs/formats.md.

A recording is counted as its clip is, to the byte, and shows nobody.
"""

from posecoach.record.landmarks.asked import AskedExercise, AskedProgram, Head, KeyName, Place
from posecoach.record.landmarks.blocks import LandmarksError, is_recording
from posecoach.record.landmarks.reader import Key, LandmarkReader, Part
from posecoach.record.landmarks.writer import LandmarkWriter

__all__ = [
    "AskedExercise",
    "AskedProgram",
    "Head",
    "Key",
    "KeyName",
    "LandmarkReader",
    "LandmarkWriter",
    "LandmarksError",
    "Part",
    "Place",
    "is_recording",
]
