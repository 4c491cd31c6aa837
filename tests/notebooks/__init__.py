"""Every notebook is stored complete, runs in a real kernel, and tells each answer what it should."""
