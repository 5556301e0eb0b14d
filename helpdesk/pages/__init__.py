"""Pages that belong to no room: the styleguide, errors, how pages look."""
