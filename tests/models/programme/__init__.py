"""A city's programme as a file: reading, comparing, writing, and the files that ship."""
