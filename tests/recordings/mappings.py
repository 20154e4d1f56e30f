"""What the columns of the real logs mean."""

TRIER = """
mapping: 1
name: Trier smart factory
columns:
  part: case_id
  resource: org:resource
  activity: activity
  product: process_model_id
  time: timestamp
  transition: lifecycle:transition
  instance: "identifier:id"
  outcome: lifecycle:state
  reason: response_status_code
points:
  service: {column: complete_service_time, kind: duration}
  planned: {column: planned_operation_time, kind: duration}
"""
JOB_SHOP = """
mapping: 1
name: Machining job shop
time: {zone: Asia/Jerusalem}
columns:
  part: case_id
  resource: Activity  # the number of the machine is lost: a station takes as many as there are
  activity: Activity
  worker: Resource
  start: start_time
  end: end_time
states: {SETUP     Turning & Milling: SETUP}
capacity: {"*": any}
finished_by: [Packing]
"""
MACHINES = """
mapping: 1
name: Three machines
columns: {resource: asset, state: status, activity: product, time: ts}
states: {1: SETUP, 2: PROCESSING, 3: DOWN}
stamped: end
reach: 5 min
points:
  power: {column: power_avg, unit: kW}
  items: {column: items, unit: "1"}
"""
JOINTS = [("Temperature_T0" if j == 0 else f"Temperature_J{j}") for j in range(6)]
COBOT = """
mapping: 1
name: One arm
resource: ur3
log: {separator: ";", decimal: ","}
columns: {time: Timestamp, counter: cycle}
flags: {Robot_ProtectiveStop: DOWN}
reach: 10 s
points:
  tool_current: {column: Tool_current, unit: A}
  grip_lost: {column: grip_lost, kind: flag}
""" + "".join(
    f"  current_{j}: {{column: Current_J{j}, unit: A}}\n"
    f"  speed_{j}: {{column: Speed_J{j}, unit: rad/s}}\n"
    f"  temperature_{j}: {{column: {column}, unit: degC}}\n"
    for j, column in enumerate(JOINTS)
)
