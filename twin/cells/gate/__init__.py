"""What a robot's files go through before physics sees anything: unpacked, expanded, repaired."""
