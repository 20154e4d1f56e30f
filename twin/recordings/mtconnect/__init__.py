"""MTConnect, recorded and live -> Timeline."""
