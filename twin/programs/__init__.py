"""What a machine's program takes: G-code, layers, drawings to be cut -> seconds."""
