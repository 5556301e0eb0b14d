"""The bare views: what Django and PostgreSQL can do on this machine, on the same rows."""
