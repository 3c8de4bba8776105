"""What a computer says of itself: facts read through one port, judged by pure checks."""
