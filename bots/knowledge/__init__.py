"""What a business knows, and how an answer is found in it."""
