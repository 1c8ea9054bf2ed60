// A proxy, as far as a scenario needs one: HTTP CONNECT and requests with a whole URL, or SOCKS 5 (RFC 1928, RFC 1929).
import dns from 'node:dns';
import net from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { ProxyService } from './description.js';

const HEAD_BOUND = 16 * 1024;
const CONNECT_MS = 2500;

interface Goal {
  host: string;
  port: number;
}

type Outcome = 'connected' | 'unknown-name' | 'refused' | 'unreachable';

/** The target, by the addresses that the proxy's own resolver gives. */
async function connect({ host, port }: Goal, resolver: string): Promise<net.Socket | Exclude<Outcome, 'connected'>> {
  const addresses = net.isIP(host) === 0 ? await lookUp(host, resolver) : [host];
  let why: Exclude<Outcome, 'connected'> = 'unknown-name';
  for (const address of addresses) {
    const made = await dial(address, port);
    if (typeof made !== 'string') return made;
    why = made;
  }
  return why;
}

async function lookUp(host: string, server: string): Promise<string[]> {
  if (host === 'localhost') return ['127.0.0.1'];
  const resolver = new dns.promises.Resolver({ timeout: 1000, tries: 1 });
  resolver.setServers([server]);
  const [four, six] = await Promise.all([
    resolver.resolve4(host).catch(() => []),
    resolver.resolve6(host).catch(() => []),
  ]);
  return [...four, ...six];
}

function dial(address: string, port: number): Promise<net.Socket | 'refused' | 'unreachable'> {
  return new Promise((resolve) => {
    const socket = net.connect({ host: address, port });
    const timer = globalThis.setTimeout(() => {
      socket.destroy();
      resolve('unreachable');
    }, CONNECT_MS);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      resolve(error.code === 'ECONNREFUSED' ? 'refused' : 'unreachable');
    });
  });
}

function join(client: net.Socket, target: net.Socket): void {
  client.on('close', () => target.destroy());
  target.on('close', () => client.destroy());
  target.on('error', () => client.destroy());
  client.pipe(target);
  target.pipe(client);
  client.resume();
}

/** What the service does with each connection. */
export function proxy(service: ProxyService): (client: net.Socket) => void {
  return service.speaks === 'http' ? (client) => serveHttp(service, client) : (client) => serveSocks(service, client);
}

function forbidden(service: ProxyService, host: string): boolean {
  return service.forbids?.some((one) => one === '*' || one === host) === true;
}

function serveHttp(service: ProxyService, client: net.Socket): void {
  let held: Buffer = Buffer.alloc(0);
  const onData = (chunk: Buffer): void => {
    held = Buffer.concat([held, chunk]);
    const end = held.indexOf('\r\n\r\n');
    if (end < 0) return void (held.length > HEAD_BOUND && client.destroy());
    client.off('data', onData);
    client.pause();
    void answer(service, client, held.subarray(0, end + 4).toString('latin1'), held.subarray(end + 4));
  };
  client.on('data', onData);
}

async function answer(service: ProxyService, client: net.Socket, head: string, rest: Buffer): Promise<void> {
  if (service.silent === true) return void client.resume();
  if (service.hangsUp === true) return void client.destroy();
  if (service.delayMs !== undefined) await setTimeout(service.delayMs);
  const [method = '', target = ''] = head.split(' ', 2);
  const goal = method === 'CONNECT' ? goalOf(`x://${target}`) : /^http:\/\//i.test(target) ? goalOf(target) : null;
  if (!goal) return refuse(client, '400 Bad Request', 'this is a proxy');
  if (!maySpeak(service, head))
    return refuse(client, '407 Proxy Authentication Required', 'log in', ['Proxy-Authenticate: Basic realm="lab"']);
  if (forbidden(service, goal.host))
    return refuse(client, service.forbidsByPage ? '200 OK' : '403 Forbidden', 'the policy of this network forbids it');
  const made = await connect(goal, service.resolver);
  if (typeof made === 'string') {
    const error = made === 'unknown-name' ? 'ERR_DNS_FAIL 0' : 'ERR_CONNECT_FAIL 111';
    return refuse(client, '503 Service Unavailable', made, [`X-Squid-Error: ${error}`]);
  }
  if (method === 'CONNECT') {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (rest.length > 0) made.write(rest);
    return join(client, made);
  }
  // As RFC 9112 3.2.1 wants it: the path alone, without what is meant for the proxy.
  const { pathname, search } = new URL(target);
  const lines = head.replace(/^(\S+) \S+/, `$1 ${pathname}${search}`).split('\r\n');
  made.write(lines.filter((line) => !/^proxy-/i.test(line)).join('\r\n'));
  if (rest.length > 0) made.write(rest);
  return join(client, made);
}

function goalOf(url: string): Goal | null {
  if (!URL.canParse(url)) return null;
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: port === '' ? 80 : Number(port) };
}

function maySpeak({ login }: ProxyService, head: string): boolean {
  if (!login) return true;
  const given = /^proxy-authorization: basic (\S+)$/im.exec(head)?.[1] ?? '';
  return Buffer.from(given, 'base64').toString('utf8') === `${login.user}:${login.password}`;
}

function refuse(client: net.Socket, status: string, body: string, headers: readonly string[] = []): void {
  const lines = [
    `HTTP/1.1 ${status}`,
    'Server: squid/5.7',
    'Via: 1.1 proxy (squid/5.7)',
    'Content-Type: text/plain',
    `Content-Length: ${body.length}`,
    'Connection: close',
    ...headers,
  ];
  client.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

function serveSocks(service: ProxyService, client: net.Socket): void {
  let held: Buffer = Buffer.alloc(0);
  let state: 'methods' | 'login' | 'request' | 'done' = 'methods';
  const step = (): void => {
    if (held.length > HEAD_BOUND || (held.length > 0 && state !== 'login' && held[0] !== 5))
      return void client.destroy();
    if (state === 'methods' && held.length >= 2 && held.length >= 2 + (held[1] ?? 0)) {
      const methods = [...held.subarray(2, 2 + (held[1] ?? 0))];
      held = held.subarray(2 + (held[1] ?? 0));
      const wanted = service.login ? 2 : 0;
      if (!methods.includes(wanted)) return void client.end(Buffer.from([5, 0xff]));
      client.write(Buffer.from([5, wanted]));
      state = service.login ? 'login' : 'request';
    }
    if (state === 'login' && held.length >= 2) {
      const user = held.subarray(2, 2 + (held[1] ?? 0)).toString();
      const at = 2 + (held[1] ?? 0);
      if (held.length <= at || held.length < at + 1 + (held[at] ?? 0)) return;
      const password = held.subarray(at + 1, at + 1 + (held[at] ?? 0)).toString();
      held = held.subarray(at + 1 + (held[at] ?? 0));
      const right = user === service.login?.user && password === service.login.password;
      if (!right) return void client.end(Buffer.from([1, 1]));
      client.write(Buffer.from([1, 0]));
      state = 'request';
    }
    if (state === 'request') {
      const goal = socksGoal(held);
      if (!goal) return;
      state = 'done';
      client.off('data', onData);
      client.pause();
      void grant(service, client, goal);
    }
  };
  const onData = (chunk: Buffer): void => {
    held = Buffer.concat([held, chunk]);
    step();
  };
  client.on('data', onData);
}

function socksGoal(bytes: Buffer): Goal | null {
  const kind = bytes[3];
  const length = kind === 1 ? 4 : kind === 4 ? 16 : 1 + (bytes[4] ?? 0);
  if (bytes.length < 4 + length + 2) return null;
  const raw = bytes.subarray(4, 4 + length);
  const host =
    kind === 1
      ? raw.join('.')
      : kind === 4
        ? Array.from({ length: 8 }, (_, i) => raw.readUInt16BE(2 * i).toString(16)).join(':')
        : raw.subarray(1).toString('latin1');
  return { host, port: bytes.readUInt16BE(4 + length) };
}

const REPLIES = { 'unknown-name': 4, unreachable: 4, refused: 5 } as const;

async function grant(service: ProxyService, client: net.Socket, goal: Goal): Promise<void> {
  const reply = (code: number): Buffer => Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]);
  if (service.silent === true) return void client.resume();
  if (service.hangsUp === true) return void client.destroy();
  if (service.delayMs !== undefined) await setTimeout(service.delayMs);
  if (forbidden(service, goal.host)) return void client.end(reply(2));
  const made = await connect(goal, service.resolver);
  if (typeof made === 'string') return void client.end(reply(REPLIES[made]));
  client.write(reply(0));
  join(client, made);
}
