"""What an exercise is, and how it is counted. Pure: no pictures, no clocks, no words."""
