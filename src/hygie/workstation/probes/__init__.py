"""The three ways of looking at a machine: for real, while recording, and from a recording."""
