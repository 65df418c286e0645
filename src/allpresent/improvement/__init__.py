"""What leaders mean to change: targets, goals, the action plan, training, the school's account of itself."""
