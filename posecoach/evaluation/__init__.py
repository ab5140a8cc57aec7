"""How right it is: labels, matching, accuracy tables."""
