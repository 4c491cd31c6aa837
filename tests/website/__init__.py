"""The course as a site runs with nothing but a browser behind it, and asks no other host for anything."""
