"""How right the counting is: labels, matching, accuracy.

Import what you need from its modules; running clips loads the pose model.
"""
