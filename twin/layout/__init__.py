"""What the planner drew: schema, files, catalog, shapes, paths, rules, edits."""
