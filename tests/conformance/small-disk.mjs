/** A file system of a few megabytes, in memory, for tests of what happens when it is full. Mounting one needs root. */
import { execFile } from 'node:child_process';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Why there can be none here; undefined where there can. */
export const NO_SMALL_DISK = process.getuid() === 0 ? undefined : 'mounting a disk needs root';

/**
 * @param {number} megabytes
 * @param {string} neighbour a file or folder whose owner is to own the disk
 */
export async function smallDisk(megabytes, neighbour) {
  const folder = await mkdtemp(join(tmpdir(), 'parlance-disk-'));
  const { uid, gid } = await stat(neighbour);
  const options = `size=${megabytes}m,mode=700,uid=${uid},gid=${gid}`;
  await run('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  const filler = join(folder, 'filler');
  return {
    folder,
    /** Leaves not a byte. */
    async fill() {
      const file = await open(filler, 'w');
      const block = Buffer.alloc(1 << 16);
      for (let size = block.length; size > 0;) {
        const written = await file.write(block, 0, size).catch(() => null);
        if (!written) size >>= 1;
      }
      await file.close();
    },
    /** Gives the room back. */
    free: () => rm(filler),
    async remove() {
      await run('umount', ['--lazy', folder]);
      await rm(folder, { recursive: true });
    },
  };
}
