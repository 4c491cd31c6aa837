"""Every way in works: course.py, the wheel, conda, Binder, a classroom's Hub, and the workflows that watch them."""
