"""The first page, and what to do in an incident."""
