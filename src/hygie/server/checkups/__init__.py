"""Check-ups: started, stored in one transaction with their evidence, shown one by one and compared."""
