"""``python -m posecoach``."""

from posecoach.cli.main import main

if __name__ == "__main__":
    main()
