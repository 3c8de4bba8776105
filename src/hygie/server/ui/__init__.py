"""What every page shares: layout, style, French words and dates, icons."""
