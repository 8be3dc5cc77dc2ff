"""Selection: the rules as a file holds them, points calculated by hand, ranks, money, and what holds for any sheets."""
