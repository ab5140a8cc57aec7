"""A pose coach for foot and leg exercises, in front of any laptop webcam."""

__version__ = "0.1.0"
