"""Real PostgreSQL and Valkey from Python wheels, and the supervisor of the embedded desk."""
