/** A mail server for tests that speaks SMTP (RFC 5321) as far as a client asks, and can be told to misbehave. */
import { createServer } from 'node:net';
import { TLSSocket } from 'node:tls';

/**
 * @typedef {object} Behaviour what it does instead of taking a mail
 * @property {(mailbox: string, attempt: number) => string | undefined} [recipient] answers RCPT
 * @property {(message: string, attempt: number) => string | undefined | 'drop' | 'silence'} [content] answers a message
 */

/**
 * @param {object} [wanted]
 * @param {Behaviour} [wanted.behaviour] may be changed meanwhile
 * @param {{key: string, cert: string}} [wanted.tls] offers STARTTLS with it
 * @param {{user: string, password: string}} [wanted.account] who may send; without one everybody
 */
export async function startSmtpServer({ behaviour = {}, tls, account } = {}) {
  const open = new Set();
  const server = {
    url: '',
    /** What was taken: {from, to, message, secure, user}. */
    mails: [],
    /** How many messages were offered, whatever became of them. */
    attempts: 0,
    connections: 0,
    behaviour,
    waiting: [],
    /** The mails once there are so many that pass. */
    async until(count, passes = () => true) {
      const found = () => server.mails.filter(passes);
      while (found().length < count) await new Promise((resolve) => server.waiting.push(resolve));
      return found();
    },
    /** Waits for the next thing that happens. */
    happening: () => new Promise((resolve) => server.waiting.push(resolve)),
    async stop() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
  const listener = createServer((socket) => {
    ++server.connections;
    wake(server);
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    converse(socket, server, { tls, account });
  });
  await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve));
  server.url = `smtp://127.0.0.1:${listener.address().port}`;
  return server;
}

function wake(server) {
  for (const resolve of server.waiting.splice(0)) resolve();
}

function converse(socket, server, options, secure = false) {
  const session = { from: '', to: [], user: '', secure };
  let text = '';
  let in_data = false;
  let in_auth = false;
  const say = (line) => socket.write(`${line}\r\n`);
  socket.on('error', () => {});
  socket.on('data', (data) => {
    text += data.toString('latin1');
    for (;;) {
      const end = text.indexOf(in_data ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const part = text.slice(0, end);
      text = text.slice(end + (in_data ? 5 : 2));
      if (in_data) {
        in_data = false;
        take(part.replaceAll('\r\n..', '\r\n.'));
      } else {
        command(part);
      }
    }
  });
  if (!secure) say('220 test.example ready');

  function command(line) {
    if (in_auth) return signIn(line);
    const verb = line.split(' ')[0].toUpperCase();
    if (verb === 'EHLO') return hello();
    if (verb === 'STARTTLS' && options.tls) return secured();
    if (verb === 'AUTH') {
      in_auth = true;
      return say('334 ');
    }
    if (verb === 'MAIL' && options.account && !session.user) return say('530 sign in first');
    if (verb === 'MAIL') {
      session.from = /<(.*)>/.exec(line)?.[1] ?? '';
      session.to = [];
      return say('250 fine');
    }
    if (verb === 'RCPT') {
      const mailbox = /<(.*)>/.exec(line)?.[1] ?? '';
      session.to.push(mailbox);
      ++server.attempts;
      const answer = server.behaviour.recipient?.(mailbox, server.attempts);
      say(answer ?? '250 fine');
      return wake(server);
    }
    if (verb === 'DATA') {
      in_data = true;
      return say('354 go on');
    }
    if (verb === 'QUIT') return socket.end('221 bye\r\n');
    say(verb === 'RSET' || verb === 'NOOP' ? '250 fine' : '502 not known');
  }

  function hello() {
    const lines = ['test.example', 'SIZE 1000000'];
    if (options.tls && !session.secure) lines.push('STARTTLS');
    if (options.account) lines.push('AUTH PLAIN');
    lines.forEach((line, i) => say(`250${i + 1 < lines.length ? '-' : ' '}${line}`));
  }

  function secured() {
    say('220 go ahead');
    socket.removeAllListeners('data');
    const safe = new TLSSocket(socket, { isServer: true, ...options.tls });
    converse(safe, server, options, true);
  }

  function signIn(line) {
    in_auth = false;
    const [, user, password] = Buffer.from(line, 'base64').toString().split('\0');
    const { account } = options;
    if (user !== account?.user || password !== account?.password) return say('535 wrong');
    session.user = user;
    say('235 welcome');
  }

  function take(message) {
    const answer = server.behaviour.content?.(message, server.attempts);
    if (answer === 'silence') return wake(server);
    if (answer === 'drop') socket.destroy();
    else say(answer ?? '250 taken');
    if (answer === undefined || answer.startsWith('2')) {
      server.mails.push({ ...session, to: session.to[0], message });
    }
    wake(server);
  }
}

/** A message with its headers unfolded and its parts decoded. */
export function readMessage(raw) {
  const [head, ...rest] = raw.split('\r\n\r\n');
  const headers = new Map();
  for (const line of head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const colon = line.indexOf(':');
    headers.set(line.slice(0, colon).toLowerCase(), decodedWords(line.slice(colon + 2)));
  }
  const boundary = /boundary="(.*)"/.exec(headers.get('content-type'))?.[1];
  const parts = rest
    .join('\r\n\r\n')
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => decoded(part.slice(part.indexOf('\r\n\r\n') + 4)));
  return { headers, text: parts[0], html: parts[1], raw };
}

function decodedWords(value) {
  return value
    .replaceAll(/\?= =\?/g, '?==?')
    .replaceAll(/=\?UTF-8\?Q\?(.*?)\?=/g, (_, word) => bytes(word.replaceAll('_', ' ')))
    .replaceAll(/[\u0080-\u00ff]+/g, (part) => Buffer.from(part, 'latin1').toString('utf8'));
}

function bytes(text) {
  return text.replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number(`0x${hex}`)));
}

function decoded(text) {
  return Buffer.from(bytes(text.replaceAll('=\r\n', '')), 'latin1')
    .toString('utf8')
    .replaceAll('\r\n', '\n');
}
