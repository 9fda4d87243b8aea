"""What of the tests of the planner is collected."""

from pathlib import Path

collect_ignore = [] if (Path(__file__).parents[3] / "shared" / "routing").exists() else ["test_plan_known_files.py"]
