"""Until when systems and programmes receive security fixes: a dated table and a pure lookup."""
