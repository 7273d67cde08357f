/**
 * What later.ts uses of the first script, which exports it (mount.ts): the bundler leaves imports of this file as they are, so that
 * nothing is on the page twice.
 */

export { retryAfter } from './http';
export { focusedBelow } from './mirror/reader';
export { isSameText } from './mirror/text-content';
export { adopt } from './mirror/styles';
export { selectedRange } from './mirror/selected';
export { fetchBeside, instantiate } from './module';
export { untilDone } from './until-done';
