"""The claims of the course, each a test: see the folders."""
