"""The emergency line: a call becomes a critical case that pages."""
