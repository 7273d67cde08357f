/** The API as a moderator's console sees it, for tests. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { Client } from './api.mjs';
import { PROGRAM } from './server.mjs';

export const PASSWORD = 'a password for tests';

/** Runs one of the commands that take something from standard input. */
export async function runWithInput(words, input) {
  const child = spawn(PROGRAM, words, { stdio: ['pipe', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (data) => (out += data));
  child.stderr.on('data', (data) => (err += data));
  // One that is refused at once reads nothing.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  return { code, out, err };
}

/** Gives the site a moderator with the password of all tests. */
export async function addModerator(server, name, { site = 'gazette', role = 'moderator' } = {}) {
  const words = ['moderator', 'add', site, name, '--role', role, '--database', server.database];
  const { code, err } = await runWithInput(words, `${PASSWORD}\n`);
  assert.equal(code, 0, err);
}

export class ConsoleClient extends Client {
  /** Becomes the moderator, who has to be there. */
  async sign_in_as(name, more = {}) {
    const answer = await this.try_to_sign_in(name, PASSWORD, more);
    assert.equal(answer.status, 201, answer.text);
    this.token = answer.json.token;
    return this;
  }

  try_to_sign_in(name, password, more = {}) {
    return this.send('POST', `/v1/sites/${this.site}/session`, {
      body: { name, password, ...more },
    });
  }

  /** A request below the site's own path. */
  ask(method, path, body) {
    return this.send(method, `/v1/sites/${this.site}/${path}`, body === undefined ? {} : { body });
  }
}
