"""What an administrator changes: departments, posts, people and groups, each change with its checks and its record."""
