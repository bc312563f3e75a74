"""One file a step, run in the order in which each names the one before it; what was released is never edited."""
