"""What a message does, and what it answers to a question of ours."""
