"""The issuer's desk: keys and cards that are kept, and a card's symbol proofread before it is handed out."""
