"""What stays: annotated video, result files, exports.

Import what you need from its modules; the room itself stays light, as writing video loads
a codec library.
"""
