/** A plain TCP balancer: passes bytes on to one server after another, and to the next when one takes no connection. */
import { connect, createServer } from 'node:net';

/**
 * @param {{url: string}[]} servers their addresses may change meanwhile
 * @returns {Promise<{url: string, stop: () => void}>}
 */
export async function startBalancer(servers) {
  let turn = 0;
  const open = new Set();
  const balancer = createServer((client) => {
    open.add(client);
    client.on('close', () => open.delete(client));
    client.on('error', () => {});
    client.pause();
    pass(client, servers.length);
  });

  function pass(client, triesLeft) {
    if (triesLeft === 0) return client.destroy();
    const { hostname, port } = new URL(servers[turn++ % servers.length].url);
    const server = connect(Number(port), hostname);
    server.once('connect', () => {
      server.removeAllListeners('error');
      server.on('error', () => client.destroy());
      server.on('close', () => client.destroy());
      client.on('close', () => server.destroy());
      client.pipe(server).pipe(client);
    });
    server.once('error', () => pass(client, triesLeft - 1));
  }

  await new Promise((resolve) => balancer.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${balancer.address().port}`,
    stop() {
      balancer.close();
      for (const client of open) client.destroy();
    },
  };
}
