"""What is handed on as a file: a replay in one page, sheets of figures, the floor in 3D."""
