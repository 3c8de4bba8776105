"""One page of paper: a tagged PDF made by typst."""
