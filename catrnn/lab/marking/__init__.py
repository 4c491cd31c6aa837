"""Marks handed-in notebooks: found, run apart, judged by the course, and put into a table."""
