"""What a person types: French verbs, answers in French, and files that other tools read."""
