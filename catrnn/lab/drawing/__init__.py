"""What the pictures are drawn with: the look, numbers as text, diagrams, quick pixels."""
