"""What physics says of the robot cells; the only importer of PyBullet."""
