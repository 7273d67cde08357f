const pause = 30_000;

/** Calls `look` every half minute while the page is seen, and when it is seen again after a while. Answers how to end that. */
export function whileSeen(look: () => void): () => void {
  const ended = new AbortController();
  let last = Date.now();
  const turn = () => {
    if (document.visibilityState !== 'visible' || Date.now() - last < pause) return;
    last = Date.now();
    look();
  };
  const timer = setInterval(turn, pause);
  document.addEventListener('visibilitychange', turn, { signal: ended.signal });
  return () => {
    clearInterval(timer);
    ended.abort();
  };
}
