type LaterScript = typeof import('./later');

let loading: Promise<LaterScript> | undefined;
let attempts = 0;

/** Loads later.ts for all widgets of the page. A load that has failed is tried again by the next call. */
export function loadLater(): Promise<LaterScript> {
  loading ??= importLater().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

function importLater(): Promise<LaterScript> {
  const address = new URL('later.js', import.meta.url);
  // Some browsers remember that a module could not be loaded.
  if (attempts > 0) address.search = String(attempts);
  attempts += 1;
  return import(address.href) as Promise<LaterScript>;
}
