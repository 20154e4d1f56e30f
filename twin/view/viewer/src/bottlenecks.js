/** Rings of light about what holds the output back, each with a label that says its gain. */

export class Bottlenecks {
  /** viewer: the Viewer on whose floor they lie. */
  constructor(viewer) {
    this.viewer = viewer;
    this.list = [];
    this.ringed = [];
  }

  /** Show others: [{machines: [...], people: [...], text}]. */
  show(list = this.list) {
    this.list = list;
    const { labels, set } = this.viewer;
    if (!set) return;
    labels.remove((key) => key.startsWith("bottleneck:"));
    this.ringed = [];
    list.forEach(({ machines = [], people = [], text }, i) => {
      const things = [...machines, ...people].map((name) => this.viewer.find(name)).filter(Boolean);
      this.ringed.push(...things);
      if (!things.length) return;
      const point = set.extent(things[0].kind, things[0].index).centre.clone();
      labels.set(`bottleneck:${i}`, { text, kind: "bottleneck", point, priority: 55 });
      Object.assign(labels.labels.get(`bottleneck:${i}`) ?? {}, { follows: things[0] });
    });
    this.place();
    this.viewer.moved();
  }

  /** Whether any of them is about somebody who may walk. */
  get walks() {
    return this.ringed.some(({ kind }) => kind !== "machine");
  }

  /** Lay them about the things where these are now. */
  place() {
    const { labels, layout, set, stage } = this.viewer;
    set.showRings(this.ringed.map(({ kind, index }) => {
      if (kind === "machine") return layout.machines[index];
      const { at } = kind === "person" ? stage.people[index] : stage.vehicles[index] ?? { at: [0, 0] };
      return { at, size: [0.34, 0.34] };
    }));
    for (const [key, label] of labels.labels) {
      if (!key.startsWith("bottleneck:")) continue;
      const { kind, index } = label.follows;
      const half = kind === "machine" ? layout.machines[index].size[2] / 2 : 0.9;
      label.point.copy(set.extent(kind, index).centre);
      label.point.y = label.point.y + half + 0.5 * set.scale;
    }
  }
}
