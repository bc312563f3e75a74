"""HTTP around the platform: one application, and what stands between it and the calls."""
