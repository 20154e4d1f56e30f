"""The cells page of the PCB line's cobot: the same as `twin cells pcb_line`."""

from twin.view.server import serve

if __name__ == "__main__":
    serve("pcb_line", cell="cobot")
