/** Calls `onChange` whenever a CSS pixel becomes a different number of device pixels. Answers how to stop it. */
export function watchDeviceScale(onChange: () => void): () => void {
  let query: MediaQueryList;
  const changed = (): void => {
    watch();
    onChange();
  };
  // The query holds for one scale only, so each change asks a new one.
  const watch = (): void => {
    query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    query.addEventListener('change', changed, { once: true });
  };
  watch();
  return () => query.removeEventListener('change', changed);
}
