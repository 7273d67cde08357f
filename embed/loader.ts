/** The script tag: makes `<parlance-thread>` known, and puts one where the script stands when it names a thread. */

import { fillCounts } from './counts';
import { attributeNames } from './settings';
import { threadElement } from './thread-element';

const tag = 'parlance-thread';

function run(): void {
  const script =
    (document.currentScript as HTMLScriptElement | null) ??
    document.querySelector<HTMLScriptElement>('script[src*="/embed.js"]');
  const base = script?.src || location.href;
  if (!customElements.get(tag)) customElements.define(tag, threadElement(base));
  if (script?.dataset['site'] && !script.hasAttribute('data-count-only')) place(script);

  const count = () => void fillCounts(script, new URL(base).origin);
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', count, { once: true });
  } else {
    count();
  }
}

/** Puts a thread with the script's settings behind it. */
function place(script: HTMLScriptElement): void {
  const thread = document.createElement(tag);
  for (const name of attributeNames) {
    const value = script.getAttribute(`data-${name}`);
    if (value !== null) thread.setAttribute(name, value);
  }
  script.after(thread);
}

try {
  run();
} catch (error) {
  // A page never breaks because of its comments.
  console.warn('Parlance:', error);
}
