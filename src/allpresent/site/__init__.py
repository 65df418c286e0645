"""Who is in the building: signing out, coming back, leaving without permission, the fire list."""
