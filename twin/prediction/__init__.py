"""What becomes of a shop from where it stands: its standing, and a forecast that starts there."""
