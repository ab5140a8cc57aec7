"""Reports: one HTML file each, that needs nothing else and asks nobody for anything.

Numbers come from the records of :mod:`posecoach.record.history.model`, words from whoever
has them (:class:`.words.Words`). Import what you need from its modules.
"""
