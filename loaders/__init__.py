"""The way in: files to records."""
