/** A screen that nobody sees: neither Firefox nor WebKitGTK has WebGL without one. */
import { endProgram, lineFrom, startProgram } from './programs.mjs';

const size = '1600x1400x24';

/** @returns {Promise<{env: Record<string, string>, close: () => Promise<void>}>} */
export async function openDisplay() {
  // The X server picks a number that is free, and tells it when it listens.
  const server = startProgram(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const [number] = await lineFrom(server, server.stdio[3], /^\d+$/);
  return {
    env: { DISPLAY: `:${number}`, LIBGL_ALWAYS_SOFTWARE: '1', TZ: 'UTC' },
    close: () => endProgram(server),
  };
}
