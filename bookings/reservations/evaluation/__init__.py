"""How visits are talked about in the lab: what customers want of them, how they say it, what must stand at the end."""
