"""The calls of the API, one file each: from parameters and a transaction to a reply."""
