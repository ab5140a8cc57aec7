"""A workout: one exercise watched from pose to events."""
