"""The invented cases, one module each: facts, papers, what is wrong and what only looks wrong."""

KEYS = tuple(f"s{n:02}" for n in range(1, 12))
