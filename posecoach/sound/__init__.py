"""What one hears, as samples: speech by the system's own engine, tones, ticks, a player.

Everything plays in a process of its own, so that no engine and no sound card can hold up
the picture. Knows neither exercises nor words.
"""

from posecoach.sound.engines import Engine, find_engine
from posecoach.sound.process import Heard, SoundProcess

__all__ = ["Engine", "Heard", "SoundProcess", "find_engine"]
