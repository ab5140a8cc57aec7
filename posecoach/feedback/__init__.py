"""What one sees: the overlay, the window and its keys, and everything in words."""

from posecoach.feedback.display import display_available, display_problem
from posecoach.feedback.keys import Key
from posecoach.feedback.overlay import Overlay
from posecoach.feedback.picker import Picker, PickerItem
from posecoach.feedback.window import Window, WindowError
from posecoach.feedback.wording import Wording, explanation, known_ids, phrase, use_language

__all__ = [
    "Key",
    "Overlay",
    "Picker",
    "PickerItem",
    "Window",
    "WindowError",
    "Wording",
    "display_available",
    "display_problem",
    "explanation",
    "known_ids",
    "phrase",
    "use_language",
]
