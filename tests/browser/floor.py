"""A small factory for browser tests: scene.json, a GLB of boxes and a timeline, all by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import trimesh
from trimesh.visual.material import PBRMaterial

from twin.cells.factory import Transfer
from twin.timeline import Names, Outcome, State, Timeline, table

COLOURS = {
    "body": (232, 235, 238, 255),
    "dark": (58, 66, 75, 255),
    "accent": (44, 110, 190, 255),
    "glass": (70, 95, 115, 255),
    "metal": (170, 176, 182, 255),
}
HALF = float(np.sqrt(0.5))


def box(
    size: tuple[float, ...], centre: tuple[float, ...], key: str
) -> tuple[trimesh.Trimesh, str]:
    mesh = trimesh.creation.box(size)
    mesh.apply_translation(centre)
    mesh.unmerge_vertices()
    material = PBRMaterial(
        name=key,
        baseColorFactor=COLOURS[key],
        metallicFactor=0.5 if key == "metal" else 0.0,
        roughnessFactor=0.6,
    )
    mesh.visual = trimesh.visual.TextureVisuals(material=material)
    return mesh, key


def machine_pieces(x: float, y: float, z: float) -> list[tuple[trimesh.Trimesh, str]]:
    return [
        box((x, y, z * 0.55), (0, 0, z * 0.275), "body"),
        box((x * 0.92, y * 0.85, z * 0.4), (0, 0.04, z * 0.76), "glass"),
        box((x, y * 0.9, z * 0.06), (0, 0, z * 0.97), "dark"),
        box((x * 0.3, 0.02, z * 0.12), (x * 0.25, -y / 2 - 0.01, z * 0.42), "accent"),
    ]


def link_pieces(length: float, radius: float) -> list[tuple[trimesh.Trimesh, str]]:
    return [
        box((2 * radius, 2 * radius, length), (0, 0, length / 2), "body"),
        box((2.3 * radius, 2.3 * radius, 2 * radius), (0, 0, 0), "accent"),
    ]


ASSETS = {"printer": (0.8, 0.7, 1.2), "oven": (1.9, 0.7, 1.3), "bench": (1.4, 0.7, 0.9)}
LINKS = (0.16, 0.42, 0.39, 0.1)


def glb() -> bytes:
    """The scene file: a y-up root node "zup", below it one node an asset, link, person, part."""
    scene = trimesh.Scene()
    up = trimesh.transformations.rotation_matrix(-np.pi / 2, (1, 0, 0))
    scene.graph.update("zup", "world", matrix=up)

    def add(node: str, pieces: list[tuple[trimesh.Trimesh, str]]) -> None:
        scene.graph.update(node, "zup", matrix=np.eye(4))
        for mesh, key in pieces:
            name = f"{node}_{key}"
            scene.add_geometry(mesh, geom_name=name, node_name=name, parent_node_name=node)

    for index, size in enumerate(ASSETS.values()):
        add(f"asset_{index}", machine_pieces(*size))
    for link, length in enumerate(LINKS):
        add(f"arm_link_{link}", link_pieces(length, 0.06 - 0.008 * link))
    add("agv", [box((0.5, 0.4, 0.2), (0, 0, 0.14), "accent")])
    add(
        "person",
        [
            box((0.4, 0.24, 0.62), (0, 0, 1.1), "accent"),
            box((0.3, 0.2, 0.8), (0, 0, 0.4), "dark"),
            box((0.2, 0.2, 0.24), (0, 0, 1.6), "body"),
        ],
    )
    add("part", [box((0.16, 0.1, 0.02), (0, 0, 0.01), "body")])
    return scene.export(file_type="glb")


def scene(machines: int = 6, arms: int = 1, people: int = 2) -> dict[str, Any]:
    """A hall with two rows of machines, arms between them, people and a vehicle."""
    kinds = list(ASSETS)
    columns = (machines + 1) // 2
    items = []
    for index in range(machines):
        kind = index % len(kinds)
        row, column = divmod(index, columns)
        size = ASSETS[kinds[kind]]
        items.append(
            {
                "name": f"m{index}",
                "label": f"{kinds[kind].title()} {index}",
                "station": f"s{index}",
                "asset": kind,
                "at": [1.6 + 2.2 * column, 1.2 + 4.4 * row],
                "heading": 0.0 if row else float(np.pi),
                "size": list(size),
                "places": 2 if kind == 1 else 1,
                "ports": {"nest": [0.0, 0.0, size[2]]},
                "operator": [0.0, -size[1] / 2 - 0.45],
            }
        )
    upright = [1.0, 0.0, 0.0, 0.0]
    joints = [
        {
            "name": f"j{k}",
            "origin": {"position": [0, 0, LINKS[k]], "quaternion": upright},
            "axis": [0, 0, 1] if k == 0 else [0, 1, 0],
            "link_node": f"arm_link_{k + 1}",
        }
        for k in range(len(LINKS) - 1)
    ]
    robots = [
        {
            "name": f"arm{a}",
            "label": f"Cobot {a}",
            "asset": 3,
            "size": [0.3, 0.3, 1.0],
            "heading": 0.0,
            "reach": 1.5,
            "serves": ["m0.nest"],
            "base": {
                "position": [
                    2.7 + 2.2 * (a % max(1, columns - 1)),
                    3.0 + 0.6 * (a // columns),
                    0.5,
                ],
                "quaternion": upright,
            },
            "base_node": "arm_link_0",
            "joints": joints,
            "tool": {"position": [0, 0, LINKS[-1]], "quaternion": upright},
            "home": [0.0, 0.4, 0.9],
        }
        for a in range(arms)
    ]
    width = 1.0 + 2.2 * columns
    return {
        "version": 1,
        "name": "Hall",
        "floor": {"size": [width, 7.0]},
        "doors": [{"name": "goods", "at": [0.0, 3.4], "width": 1.2}],
        "assets": [
            *({"name": f"test/{kind}", "node": f"asset_{i}"} for i, kind in enumerate(kinds)),
            {"name": "test/arm", "node": "arm_link_0"},
            {"name": "test/agv", "node": "agv"},
        ],
        "machines": items,
        "arms": robots,
        "people": [
            {"name": f"crew-{p}", "label": f"Person {p}", "crew": "crew", "node": "person",
             "home": [1.0 + 0.8 * p, 3.4], "aside": 0.8 * p}
            for p in range(people)
        ],
        "homes": [{"name": "crew-0", "crew": "crew", "label": "where the crew waits",
                   "at": [1.0, 3.4], "size": [0.6, 0.6]}] if people else [],
        "vehicles": [{"name": "agv", "label": "AGV", "asset": 4, "at": [width - 1, 3.2],
                      "heading": 0.0, "home": "1", "size": [0.5, 0.4, 0.2]}],
        "nodes": {"1": [width - 1, 3.2], "2": [1.5, 3.2]},
        "roads": [[[width - 1, 3.2], [1.5, 3.2]]],
        "paths": {"m0|m1": [[1.6, 2.2], [3.8, 2.2]]},
        "stations": [
            {"name": f"s{m['name'][1:]}", "label": m["label"], "machines": [m["name"]],
             "first": m["name"]}
            for m in items
        ],
        "products": [{"name": "board", "label": "Board", "colour": "#1b7f4d"},
                     {"name": "frame", "label": "Frame", "colour": "#b4552d"}],
        "part_node": "part",
        "library": [
            *({"name": f"test/{kind}", "label": kind.title(), "size": list(size)}
              for kind, size in ASSETS.items()),
            {"name": "test/broken", "problem": "asset.yaml:1:1: <b>label</b> is missing"},
        ],
    }  # fmt: skip


def programs(layout: dict[str, Any]) -> dict[tuple[str, str, str], Transfer]:
    """One swing of each arm from the first machine's nest to the second's."""
    times = np.linspace(0.0, 8.0, 161)
    turn = np.sin(times / 8 * np.pi)
    path = np.stack([2.5 * turn, 0.4 + 0.5 * np.abs(np.sin(times)), 0.9 + 0.3 * turn], axis=-1)
    return {
        (arm["name"], "m0.nest", "m1.nest"): Transfer(
            arm["name"], "m0.nest", "m1.nest", times, path, 2.0, 6.0, 0.1, "m0"
        )
        for arm in layout["arms"]
    }


def timeline(layout: dict[str, Any], parts: int = 40, hours: float = 8.0) -> Timeline:
    """Parts flow through all machines in turn; a person sets up, an arm and a vehicle carry."""
    names = Names()
    machines = layout["machines"]
    resources = []
    for machine in machines:
        places = machine["places"]
        each = [machine["name"]] if places == 1 else [f"{machine['name']}.{k}" for k in (1, 2)]
        resources.append([names[name] for name in each])
    for kind in ("people", "arms", "vehicles"):
        resources.append([names[item["name"]] for item in layout[kind]])
    arms = [names[arm["name"]] for arm in layout["arms"]] or [-1]
    people = [names[person["name"]] for person in layout["people"]]
    end = hours * 3600.0
    gap = (end - 1800) / parts
    rng = np.random.default_rng(1)
    intervals: list[tuple[Any, ...]] = []
    moves: list[tuple[Any, ...]] = []
    orders: list[tuple[Any, ...]] = []
    free = {code: 600.0 for places in resources for code in places}
    idle = State.STARVED
    for index in range(parts):
        part = names[f"p{index}"]
        t = release = 600.0 + index * gap
        for k, machine in enumerate(machines):
            resource = resources[k][index % len(resources[k])]
            begin = max(t, free[resource])
            if begin > free[resource]:
                state = State.DOWN if rng.random() < 0.06 else idle
                intervals.append((resource, state, -1, free[resource], begin, 0, -1))
            work = gap * rng.uniform(0.3, 0.9) * len(resources[k])
            setup = 0.3 * work if rng.random() < 0.25 else 0.0
            person = people[k % len(people)]
            if setup:
                intervals.append((resource, State.SETUP, part, begin, begin + setup, 0, -1))
                spot = names[machine["name"]]
                moves.append((-1, person, names["home:" + names.texts()[person]], spot,
                              begin - 8, begin, 0, -1))  # fmt: skip
            done = begin + setup + work
            intervals.append((resource, State.PROCESSING, part, begin + setup, done, 0, -1))
            free[resource] = done
            if k + 1 < len(machines):
                origin, target = names[machine["name"]], names[machines[k + 1]["name"]]
                carrier, took = -1, 12.0
                if k == 0:
                    carrier, took = arms[index % len(arms)], 8.0
                    origin, target = names["m0.nest"], names["m1.nest"]
                elif k == 1:
                    carrier, took = names["agv"], 20.0
                moves.append((part, carrier, origin, target, done, done + took, 0, -1))
                t = done + took
        product = names["board" if index % 3 else "frame"]
        over = done if done < end else float("nan")
        outcome = Outcome.DONE if done < end else Outcome.OPEN
        orders.append((part, product, 1, release, release + 7200, release, over, outcome, 0))
    for places in resources[: len(machines)]:
        for resource in places:
            intervals.append((resource, State.OFF, -1, 0.0, 600.0, 0, -1))
    kept = [row for row in intervals if row[3] < end]
    return Timeline(
        names=names.texts(),
        resources=tuple(code for places in resources for code in places),
        start=0.0,
        end=end,
        intervals=table("intervals", kept),
        moves=table("moves", [row for row in moves if row[4] < end]),
        orders=table("orders", [row for row in orders if row[3] < end]),
        points=table("points"),
        run="0a1b2c",
        layout="hall",
    )
