"""A Motion as pictures: mannequin (posed pieces), sketch (one picture), sheet (a whole dance)."""
