"""A lock in a seeded world of guests, staff, attackers and power cuts, beside an oracle of the rules."""
