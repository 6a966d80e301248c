"""The invented cases, one module each: facts, papers, what is wrong and what only looks wrong."""

HELD_BACK = ("s12", "s13", "s14", "s15")
"""Cases on forms that no training text is made from: what is measured on them was not learned from them."""
KEYS = (*(f"s{n:02}" for n in range(1, 12)), *HELD_BACK)
