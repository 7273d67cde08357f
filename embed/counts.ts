/** Most threads that one request asks for. */
const batchSize = 100;

/**
 * Writes the number of comments into every element with `data-parlance-count="<thread>"`. Their site
 * and API are `data-site` and `data-api`, on the element or on the script; `origin` is the API's address without.
 */
export async function fillCounts(script: HTMLElement | null, origin: string): Promise<void> {
  const groups = new Map<string, HTMLElement[]>();
  for (const element of document.querySelectorAll<HTMLElement>('[data-parlance-count]')) {
    const site = element.dataset['site'] ?? script?.dataset['site'];
    if (!site) continue;
    const api = (element.dataset['api'] ?? script?.dataset['api'] ?? origin).replace(/\/+$/, '');
    const address = `${api}/v1/sites/${encodeURIComponent(site)}/counts`;
    groups.set(address, [...(groups.get(address) ?? []), element]);
  }
  for (const [address, elements] of groups) {
    for (let i = 0; i < elements.length; i += batchSize) {
      await fill(address, elements.slice(i, i + batchSize)).catch(() => {});
    }
  }
}

async function fill(address: string, elements: HTMLElement[]): Promise<void> {
  const keyOf = (element: HTMLElement) => element.dataset['parlanceCount'] ?? '';
  const query = [...new Set(elements.map(keyOf))].map((key) => `thread=${encodeURIComponent(key)}`);
  const response = await fetch(`${address}?${query.join('&')}`, { credentials: 'omit' });
  const { counts }: { counts: Record<string, number> } = await response.json();
  const language = document.documentElement.lang || undefined;
  for (const element of elements) {
    const count = counts[keyOf(element)];
    if (typeof count === 'number') element.textContent = count.toLocaleString(language);
  }
}
