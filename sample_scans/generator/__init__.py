"""From the facts of an invented case to worn scans with truth: facts → documents → pages → wear → files."""
