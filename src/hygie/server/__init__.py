"""The page: Django on loopback. It stores check-ups and evidence, asks the judge, and shows what it says."""
