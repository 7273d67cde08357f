/** What has been measured: every figure by client and by what it is a figure of. */
export class Figures {
  #values = new Map();
  failures = [];

  add(client, what, value) {
    if (value === undefined) return;
    const key = `${client} / ${what}`;
    if (!this.#values.has(key)) this.#values.set(key, []);
    this.#values.get(key).push(value);
  }

  fail(client, what, error) {
    this.failures.push({ client, what, reason: error.message });
  }

  /** The median; undefined when there is no such figure. */
  of(client, what) {
    const values = this.#values.get(`${client} / ${what}`);
    if (!values) return undefined;
    const sorted = [...values].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The largest; undefined when there is no such figure. */
  worst(client, what) {
    const values = this.#values.get(`${client} / ${what}`);
    return values && Math.max(...values);
  }

  all() {
    return Object.fromEntries(this.#values);
  }
}
