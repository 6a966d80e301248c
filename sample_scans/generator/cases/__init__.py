"""The invented cases, one module each: facts, papers, what is wrong and what only looks wrong."""
