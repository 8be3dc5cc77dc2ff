"""What the moves of each stage check and write."""
