"""Live data: a protocol a module; a journal takes what is heard, and a timeline grows from it."""
