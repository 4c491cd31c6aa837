"""The course as a site, with nothing but a browser behind it."""
