/** Firefox over WebDriver BiDi, on a screen of its own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ActingPage } from './acting-page.mjs';
import { Bidi } from './bidi.mjs';
import { openDisplay } from './display.mjs';
import { endProgram, lineFrom, startProgram } from './programs.mjs';

const preferences = {
  // Mesa in software is on Firefox's list of what WebGL is not for.
  'webgl.force-enabled': true,
  'webgl.out-of-process': false,
  'remote.active-protocols': 1,
  'ui.prefersReducedMotion': 1,
  'layout.css.prefers-color-scheme.content-override': 1,
  'intl.accept_languages': 'en-GB',
  // No pages but ours, and no requests of its own.
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.search.update': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'browser.topsites.contile.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'toolkit.telemetry.enabled': false,
};

const wishes = {
  isDark: { 'layout.css.prefers-color-scheme.content-override': 0 },
  // What "Always use my colours" in the settings does.
  hasForcedColours: { 'browser.display.document_color_use': 2 },
};

/** @param {{isDark?: boolean, hasForcedColours?: boolean}} [options] of the system that it runs on */
export async function openFirefox(options = {}) {
  const display = await openDisplay();
  const profile = await mkdtemp(join(tmpdir(), 'parlance-firefox-'));
  await writeFile(join(profile, 'user.js'), preferenceFile(options));
  const program = startProgram(
    process.env.FIREFOX || 'firefox-esr',
    ['--profile', profile, '--no-remote', '--new-instance', '--remote-debugging-port', '0'],
    { env: display.env, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const [, address] = await lineFrom(program, program.stderr, /BiDi listening on (ws:\S+)/);
  const bidi = await Bidi.connect(address);
  const { capabilities } = await bidi.send('session.new', { capabilities: {} });
  await bidi.send('session.subscribe', {
    events: ['log.entryAdded', 'network.fetchError', 'network.responseCompleted'],
  });
  return {
    name: 'Firefox',
    version: capabilities.browserVersion,
    open: (wanted) => FirefoxPage.open(bidi, wanted),
    async close() {
      bidi.close();
      await endProgram(program);
      await display.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function preferenceFile(options) {
  const chosen = Object.entries(wishes).filter(([name]) => options[name]);
  const all = Object.assign({}, preferences, ...chosen.map(([, wish]) => wish));
  return Object.entries(all)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join('');
}

class FirefoxPage extends ActingPage {
  #bidi;
  #userContext;
  #context;
  #errors = [];
  #deaf = [];

  /** Opens a tab whose storage nobody else sees. */
  static async open(bidi, { width, height, scale }) {
    const { userContext } = await bidi.send('browser.createUserContext');
    const { context } = await bidi.send('browsingContext.create', { type: 'tab', userContext });
    await bidi.send('browsingContext.setViewport', {
      context,
      viewport: { width, height },
      devicePixelRatio: scale,
    });
    await bidi.send('emulation.setLocaleOverride', { locale: 'en-GB', contexts: [context] });
    return new FirefoxPage(bidi, userContext, context);
  }

  constructor(bidi, userContext, context) {
    super();
    this.#bidi = bidi;
    this.#userContext = userContext;
    this.#context = context;
    this.#watchErrors();
  }

  /** What the page has complained about so far, and requests that failed. */
  errors() {
    return this.#errors;
  }

  async goto(url) {
    await this.#bidi.send('browsingContext.navigate', {
      context: this.#context,
      url,
      wait: 'interactive',
    });
  }

  async reload() {
    await this.#bidi.send('browsingContext.reload', {
      context: this.#context,
      wait: 'interactive',
    });
  }

  async evaluate(what, ...args) {
    const { result, exceptionDetails } = await this.#bidi.send('script.evaluate', {
      expression: `(async () => JSON.stringify(await (${what})(...${JSON.stringify(args)})))()`,
      target: { context: this.#context },
      awaitPromise: true,
      userActivation: false,
    });
    if (exceptionDetails) throw new Error(`in the page: ${exceptionDetails.text}`);
    return result.type === 'string' ? JSON.parse(result.value) : undefined;
  }

  async screenshot() {
    const { data } = await this.#bidi.send('browsingContext.captureScreenshot', {
      context: this.#context,
    });
    return Buffer.from(data, 'base64');
  }

  /** Prints the page into the void. */
  print() {
    return this.#bidi.send('browsingContext.print', { context: this.#context });
  }

  perform(actions) {
    return this.#bidi.send('input.performActions', { context: this.#context, actions });
  }

  async close() {
    for (const stop of this.#deaf) stop();
    await this.#bidi.send('browser.removeUserContext', { userContext: this.#userContext });
  }

  #watchErrors() {
    const hear = (event, told) => {
      const stop = this.#bidi.on(event, (params) => {
        const error = told(params);
        const context = params.context ?? params.source?.context;
        if (error && context === this.#context) this.#errors.push(error);
      });
      this.#deaf.push(stop);
    };
    hear('log.entryAdded', ({ level, type, text }) => level === 'error' && `${type}: ${text}`);
    hear(
      'network.responseCompleted',
      ({ request, response }) =>
        response.status >= 400 && `answer: ${request.url} ${response.status}`,
    );
    // Requests are called off by the page itself, or because the reader has left it.
    hear(
      'network.fetchError',
      ({ request, errorText }) =>
        errorText !== 'NS_BINDING_ABORTED' && `request: ${request.url} ${errorText}`,
    );
  }
}
