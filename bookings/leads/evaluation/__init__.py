"""How enquiries are talked about in the lab: an idea, what is asked about it, and what must stand at the end."""
