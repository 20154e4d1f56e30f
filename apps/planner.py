"""The planner's page of the PCB line: the same as `twin serve pcb_line`."""

from twin.view.server import serve

if __name__ == "__main__":
    serve("pcb_line")
