/** What a stranger may send in place of what is asked for; and dice that fall the same way in every run. */

export const STRINGS = [
  '',
  ' ',
  'first',
  'gazette',
  '1',
  '-1',
  '99999999999999999999',
  '1e3',
  '\u0000',
  '\ud800',
  '\u202e',
  '😀',
  'null',
  '../../etc/passwd',
  "' OR 1=1 --",
  '%00',
  '%',
  '{}',
  '<script>',
  'x'.repeat(300),
  'é'.repeat(5_000),
];

export const VALUES = [
  ...STRINGS,
  0,
  1,
  -1,
  0.5,
  1e300,
  2 ** 53,
  true,
  null,
  [],
  {},
  [[[['deep']]]],
  { text: 'x' },
];

/** @param {number} seed */
export function dice(seed) {
  let state = seed;
  const below = (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % bound;
  };
  return { below, pick: (list) => list[below(list.length)] };
}
