"""Pages: each a function that Panel calls for a new session."""
