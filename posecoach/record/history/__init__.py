"""The history: what was done in front of the camera, session by session.

Import what you need from its modules; :mod:`.model` says what a record of a session holds,
and needs nothing but the standard library.
"""
