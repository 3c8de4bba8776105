"""The measures, their references, and the loader that refuses bad data loudly."""
