"""A lock and the world around it: camera, readers and frames, the bench it lies on, the desk that issues cards."""
