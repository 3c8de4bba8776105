"""All measures, and one page for each."""
