"""Finding things of several rooms at once."""
