"""From frames to frames: what is counted, compared and tested."""
