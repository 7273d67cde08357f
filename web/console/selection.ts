/** Which comments of a list are selected, and from where a range begins. */
export class Selection {
  private readonly ids = new Set<string>();
  private anchor = '';

  constructor(private readonly changed: () => void) {}

  get size() {
    return this.ids.size;
  }

  has(id: string) {
    return this.ids.has(id);
  }

  all() {
    return [...this.ids];
  }

  /** Selects one, or takes it out again; a range begins there. */
  toggle(id: string) {
    if (!this.ids.delete(id)) this.ids.add(id);
    this.anchor = id;
    this.changed();
  }

  /** Selects everything between where the range begins and `id`. */
  extendTo(id: string, order: readonly string[]) {
    const from = order.indexOf(this.anchor);
    const to = order.indexOf(id);
    if (from < 0) {
      this.toggle(id);
      return;
    }
    for (const one of order.slice(Math.min(from, to), Math.max(from, to) + 1)) this.ids.add(one);
    this.changed();
  }

  /** Selects all of them, or none where all are selected. */
  toggleAll(order: readonly string[]) {
    const isAll = order.length > 0 && order.every((id) => this.ids.has(id));
    this.ids.clear();
    if (!isAll) for (const id of order) this.ids.add(id);
    this.changed();
  }

  /** Keeps those that are still listed. */
  keepOnly(order: readonly string[]) {
    for (const id of this.ids) if (!order.includes(id)) this.ids.delete(id);
    this.changed();
  }
}
