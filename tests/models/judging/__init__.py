"""Selection rounds as rows: opened, judged, closed, concluded, published."""
