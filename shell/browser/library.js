// The functions of host.h: each hands numbers and strings to what the page put into the module's `hosts` under the
// instance's number (wasm-module.ts says what it can do). Names are quoted, because the closure compiler renames what is not.
addToLibrary({
  $hostText__deps: ['$UTF8ToString'],
  $hostText: (text, size) => UTF8ToString(text, size, true),

  parlance_host_http_request__deps: ['$hostText'],
  parlance_host_http_request: (
    host,
    request,
    method,
    path,
    pathSize,
    body,
    bodySize,
    token,
    tokenSize,
    key,
    keySize,
  ) =>
    Module['hosts']
      .get(host)
      ['httpRequest'](
        request >>> 0,
        method,
        hostText(path, pathSize),
        hostText(body, bodySize),
        hostText(token, tokenSize),
        hostText(key, keySize),
      ),

  parlance_host_save__deps: ['$hostText'],
  parlance_host_save: (host, key, keySize, value, valueSize) =>
    Module['hosts'].get(host)['save'](hostText(key, keySize), hostText(value, valueSize)),

  parlance_host_focus_node: (host, node) => Module['hosts'].get(host)['focusNode'](node >>> 0),

  parlance_host_scroll_to: (host, top, bottom) =>
    Module['hosts'].get(host)['scrollTo'](top, bottom),

  parlance_host_announce__deps: ['$hostText'],
  parlance_host_announce: (host, text, size, isAssertive) =>
    Module['hosts'].get(host)['announce'](hostText(text, size), !!isAssertive),

  parlance_host_open_stream__deps: ['$hostText'],
  parlance_host_open_stream: (host, path, pathSize, after, afterSize) =>
    Module['hosts'].get(host)['openStream'](hostText(path, pathSize), hostText(after, afterSize)),

  parlance_host_forget_words: (host, article) =>
    Module['hosts'].get(host)['forgetWords'](article >>> 0),

  parlance_host_copy_link__deps: ['$hostText'],
  parlance_host_copy_link: (host, article, fragment, size) =>
    Module['hosts'].get(host)['copyLink'](article >>> 0, hostText(fragment, size)),

  parlance_host_text_font__deps: ['$hostText'],
  parlance_host_text_font: (host, font, css, cssSize) =>
    Module['hosts'].get(host)['text']['setFont'](font, hostText(css, cssSize)),

  parlance_host_text_measure_runs__deps: ['$hostText'],
  parlance_host_text_measure_runs: (host, font, runs, size, widths, count) => {
    const measured = Module['hosts'].get(host)['text']['advances'](font, hostText(runs, size));
    HEAPF32.set(measured.slice(0, count), widths >> 2);
  },

  parlance_host_text_place__deps: ['$hostText'],
  parlance_host_text_place: (host, isRightToLeft, line, size, parts, places, count) => {
    const at = parts >> 2;
    const placed = Module['hosts']
      .get(host)
      ['text']['place'](
        !!isRightToLeft,
        hostText(line, size),
        HEAPU32.subarray(at, at + 2 * count),
      );
    HEAPF32.set(placed, places >> 2);
  },

  parlance_host_text_find_words__deps: ['$hostText'],
  parlance_host_text_find_words: (host, text, size, starts) => {
    const found = Module['hosts'].get(host)['text']['findWords'](hostText(text, size));
    for (const at of found) HEAPU8[starts + at] = 1;
    return found.length;
  },

  parlance_host_text_measure__deps: ['$hostText'],
  parlance_host_text_measure: (host, font, isRightToLeft, text, size, measures) => {
    const measured = Module['hosts']
      .get(host)
      ['text']['measure'](font, !!isRightToLeft, hostText(text, size));
    const at = measures >> 2;
    HEAPF32[at] = measured['width'];
    HEAPF32[at + 1] = measured['actualBoundingBoxLeft'];
    HEAPF32[at + 2] = measured['actualBoundingBoxRight'];
    HEAPF32[at + 3] = measured['actualBoundingBoxAscent'];
    HEAPF32[at + 4] = measured['actualBoundingBoxDescent'];
    HEAPF32[at + 5] = measured['fontBoundingBoxAscent'];
    HEAPF32[at + 6] = measured['fontBoundingBoxDescent'];
  },

  parlance_host_text_draw: (host, colour, penX, penY, x, y, width, height) =>
    Module['hosts'].get(host)['text']['draw'](colour >>> 0, penX, penY, x, y, width, height),

  parlance_host_staging_resize: (host, width, height) =>
    Module['hosts'].get(host)['text']['resize'](width, height),

  parlance_host_staging_clear: (host, width, height) =>
    Module['hosts'].get(host)['text']['clear'](width, height),

  parlance_host_staging_upload__deps: ['$GL'],
  parlance_host_staging_upload: (host, x, y, width, height, stagingY) =>
    Module['hosts'].get(host)['text']['upload'](GLctx, x, y, width, height, stagingY),

  // Emscripten asks where the names of a program are as soon as it is told to, and then the page stands still until the
  // browser has compiled the program. These wait for the first use; where attributes are stands in the shaders.
  glGetUniformLocation__deps: ['$GL', '$UTF8ToString'],
  glGetUniformLocation: (program, name) => {
    const of = GL.programs[program];
    of.uniformNames ??= [];
    of.uniformPlaces ??= [];
    return of.uniformNames.push(UTF8ToString(name)) - 1;
  },
  $webglGetUniformLocation__deps: ['$GL'],
  $webglGetUniformLocation: (location) => {
    const of = GLctx.currentProgram;
    return (of.uniformPlaces[location] ??= GLctx.getUniformLocation(of, of.uniformNames[location]));
  },
  glGetAttribLocation__deps: ['$UTF8ToString'],
  glGetAttribLocation: (program, name) => ['Position', 'UV', 'Color'].indexOf(UTF8ToString(name)),

  // The browser says on its console what is wrong with a shader.
  glGetShaderInfoLog: () => {},
  glGetProgramInfoLog: () => {},

  // Nothing is written to streams; this is what a closed one answers (EBADF).
  fd_write__deps: [],
  fd_write: () => 8,

  parlance_host_context_register__deps: ['$GL'],
  parlance_host_context_register: (host) =>
    GL.registerContext(Module['hosts'].get(host)['context'](), {
      majorVersion: 2,
      minorVersion: 0,
    }),

  parlance_host_context_make_current__deps: ['$GL'],
  parlance_host_context_make_current: (context) => GL.makeContextCurrent(context),

  parlance_host_context_forget__deps: ['$GL'],
  parlance_host_context_forget: (context) => GL.deleteContext(context),
});
