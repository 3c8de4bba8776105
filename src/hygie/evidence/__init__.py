"""The only judge: from dated evidence to the state of each measure, the score and the plan. Pure."""
