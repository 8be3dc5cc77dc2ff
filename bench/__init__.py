"""What is measured, against what, side by side in one run; see docs/bench.md for the figures."""
