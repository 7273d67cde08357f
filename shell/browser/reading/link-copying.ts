/**
 * Copies an address, within the task of the click that asks for it. Answers whether it did: browsers refuse it in frames, on pages
 * without TLS, and where readers have said so.
 */
export async function copyAddress(address: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(address);
    return true;
  } catch {
    return copyOnce(address);
  }
}

/** The older way, which asks for a copy and says what it is to be. */
function copyOnce(address: string): boolean {
  let isAsked = false;
  const write = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', address);
    event.preventDefault();
    event.stopImmediatePropagation();
    isAsked = true;
  };
  addEventListener('copy', write, { capture: true });
  const isDone = document.execCommand('copy');
  removeEventListener('copy', write, { capture: true });
  return isDone && isAsked;
}
