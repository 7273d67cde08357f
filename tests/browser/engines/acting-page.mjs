/** Mouse, wheel and keyboard in the words that WebDriver and WebDriver BiDi share ("actions"). */

const keys = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Escape: '\uE00C',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
};

const buttons = { left: 0, middle: 1, right: 2 };

/** What a page lets a reader do. Places are CSS pixels in the window. */
export class ActingPage {
  /** Carries out a list of input sources with their actions. */
  perform() {
    throw new Error('perform() is for the engine');
  }

  hover(x, y) {
    return this.point([move(x, y)]);
  }

  click(x, y, { button = 'left', count = 1 } = {}) {
    const press = { type: 'pointerDown', button: buttons[button] };
    const release = { type: 'pointerUp', button: buttons[button] };
    const clicks = Array.from({ length: count }, () => [press, release]).flat();
    return this.point([move(x, y), ...clicks]);
  }

  /** Presses at the first place, moves over the others and lets go at the last. */
  drag(places) {
    const [[x, y], ...others] = places;
    return this.point([
      move(x, y),
      { type: 'pointerDown', button: 0 },
      ...others.map(([toX, toY]) => move(toX, toY)),
      { type: 'pointerUp', button: 0 },
    ]);
  }

  wheel(x, y, deltaY) {
    const action = { type: 'scroll', x, y, deltaX: 0, deltaY, origin: 'viewport', duration: 0 };
    return this.perform([{ type: 'wheel', id: 'wheel', actions: [action] }]);
  }

  /** One key, or several that are held together: "Control+Enter". */
  press(chord) {
    const values = chord.split('+').map((name) => keys[name] ?? name);
    return this.key([
      ...values.map((value) => ({ type: 'keyDown', value })),
      ...values.reverse().map((value) => ({ type: 'keyUp', value })),
    ]);
  }

  type(text) {
    const pairs = Array.from(text, (letter) => {
      const value = letter === '\n' ? keys.Enter : letter;
      return [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ];
    });
    return this.key(pairs.flat());
  }

  point(actions) {
    const parameters = { pointerType: 'mouse' };
    return this.perform([{ type: 'pointer', id: 'mouse', parameters, actions }]);
  }

  key(actions) {
    return this.perform([{ type: 'key', id: 'keyboard', actions }]);
  }
}

function move(x, y) {
  return {
    type: 'pointerMove',
    x: Math.round(x),
    y: Math.round(y),
    origin: 'viewport',
    duration: 0,
  };
}
