"""The practice and its computers."""
