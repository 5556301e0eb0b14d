"""Pages of long lists, by keyset."""
