"""The house: wiring above (settings, urls, reactions, schedule), floor below (the folders)."""
