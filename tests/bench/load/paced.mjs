/**
 * So many requests a second and no more, whether the server is quick or not. A request's time counts from when it was due, so that
 * what waited because the one before it took long is not left out.
 *
 * Runs as a process of its own: it gets a plan as JSON on its standard input and prints a summary.
 */
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';

import { onCore } from './target.mjs';

/** Sends `rate` requests a second over so many connections; answers milliseconds. */
export async function pace(target, { rate, seconds, connections, requests }) {
  const { hostname, port } = new URL(target.url);
  const texts = requests.map((request) => toText(request, hostname));
  const plan = { hostname, port: Number(port), rate, seconds, connections, texts };
  const words = [...onCore(1, target.cores), process.execPath, fileURLToPath(import.meta.url)];
  const child = spawn(words[0], words.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(plan));
  let out = '';
  for await (const chunk of child.stdout) out += chunk;
  return JSON.parse(out);
}

function toText({ method, path, headers, body = '' }, host) {
  const fields = { host, ...headers };
  if (body) fields['content-length'] = Buffer.byteLength(body);
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

/** A connection that has one request under way at most. */
class Line {
  constructor(plan, done) {
    this.done = done;
    this.due = 0;
    this.left = -1; // Bytes of the answer that have not come; -1: its head has not.
    this.head = '';
    this.socket = connect(plan.port, plan.hostname);
    this.socket.setNoDelay(true);
    this.socket.on('data', (bytes) => this.read(bytes));
  }

  send(text, due) {
    this.due = due;
    this.socket.write(text);
  }

  read(bytes) {
    if (this.left < 0) {
      this.head += bytes.latin1Slice();
      const end = this.head.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = /\r\ncontent-length: (\d+)/i.exec(this.head)?.[1] ?? 0;
      this.left = Number(length) - (this.head.length - end - 4);
    } else {
      this.left -= bytes.length;
    }
    if (this.left > 0) return;
    const status = Number(this.head.slice(9, 12));
    this.left = -1;
    this.head = '';
    this.done(this, status);
  }
}

async function run({ rate, seconds, connections, texts, ...address }) {
  const times = [];
  const free = [];
  let refused = 0;
  let number = Date.now() * 1000;
  let sent = 0;
  const total = Math.round(rate * seconds);
  const text = () => texts[sent % texts.length].replace(': #\r\n', `: ${++number}\r\n`);
  const dueAt = (index) => (index * 1000) / rate;

  await new Promise((resolve) => {
    const done = (line, status) => {
      times.push(performance.now() - begin - line.due);
      if (status >= 400) refused += 1;
      free.push(line);
      if (times.length === total) resolve();
      else send();
    };
    for (let i = 0; i < connections; i += 1) free.push(new Line(address, done));
    const begin = performance.now() + 100;
    const send = () => {
      const now = performance.now() - begin;
      while (sent < total && free.length > 0 && dueAt(sent) <= now) {
        free.pop().send(text(), dueAt(sent));
        sent += 1;
      }
    };
    const clock = setInterval(() => {
      send();
      if (sent === total) clearInterval(clock);
    }, 1);
  });
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(share * (times.length - 1))];
  return { count: times.length, refused, p50: at(0.5), p99: at(0.99), worst: at(1) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  let plan = '';
  for await (const chunk of process.stdin) plan += chunk;
  process.stdout.write(JSON.stringify(await run(JSON.parse(plan))));
  process.exit(0);
}
