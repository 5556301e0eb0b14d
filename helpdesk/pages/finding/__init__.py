"""The one search box: its page, its suggestions, and what each room finds."""
