import type { Socket } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import type { GreetingTry } from '../../model/facts.js';
import { connected, loopbackSystem, Servers } from '../tls/fixtures/loopback.js';
import { greetingGatherer } from './greeting.js';

const servers = new Servers();
afterAll(() => servers.close());
const system = loopbackSystem();

async function hear(scheme: string, serve: (socket: Socket) => void, ms = 800, path = ''): Promise<GreetingTry> {
  const port = await servers.plain(serve);
  const input = scheme === '' ? `db.example:${port}` : `${scheme}://db.example:${port}${path}`;
  const { facts, context } = await connected(input, port, system);
  const measured = await greetingGatherer.gather(facts, { ...context, remaining: () => ms });
  if (measured.state !== 'known' || !measured.value[0]) throw new Error(measured.state);
  return measured.value[0];
}

/** Says this at once, then waits. */
const says = (words: string | Uint8Array) => (socket: Socket) => socket.write(words);
/** Answers the client's first words. */
const answers = (words: string | Uint8Array) => (socket: Socket) => socket.once('data', () => socket.end(words));

const mysqlError = (code: number, words: string): Buffer => {
  const body = Buffer.concat([Buffer.from([0xff, code & 255, code >> 8]), Buffer.from(words)]);
  return Buffer.concat([Buffer.from([body.length, 0, 0, 0]), body]);
};
const postgresError = (state: string, words: string, routine: string): Buffer => {
  const fields = Buffer.from(`SFATAL\0C${state}\0M${words}\0R${routine}\0\0`);
  const length = Buffer.alloc(4);
  length.writeInt32BE(fields.length + 4);
  return Buffer.concat([Buffer.from('E'), length, fields]);
};
/** Refuses TLS, then answers the startup message. */
const postgres = (answer: Uint8Array) => (socket: Socket) => {
  socket.once('data', () => {
    socket.write('N');
    socket.once('data', () => socket.end(answer));
  });
};

describe('services that speak first', () => {
  test.each([
    ['', 'SSH-2.0-OpenSSH_9.2\r\n', 'ssh'],
    ['', '220 mail.example ESMTP Postfix\r\n', 'smtp'],
    ['', '220 ProFTPD FTP Server ready.\r\n', 'ftp'],
    ['', '* OK [CAPABILITY IMAP4rev1] ready\r\n', 'imap'],
    ['', '+OK POP3 ready\r\n', 'pop3'],
    ['', 'RFB 003.008\n', 'vnc'],
    ['nats', 'INFO {"server_id":"x"} \r\n', 'nats'],
    ['ssh', 'SSH-2.0-dropbear\r\n', 'ssh'],
  ])('%s %j', async (scheme, words, protocol) => {
    const one = await hear(scheme, says(words));
    expect(one.failure).toBeUndefined();
    expect(one.protocol).toBe(protocol);
  });

  test('MySQL’s greeting and its refusals', async () => {
    const greeting = Buffer.concat([Buffer.from([14, 0, 0, 0, 10]), Buffer.from('8.0.36\0'), Buffer.alloc(6)]);
    expect(await hear('mysql', says(greeting))).toMatchObject({ protocol: 'mysql', text: '8.0.36' });
    const refused = await hear(
      'mysql',
      says(mysqlError(1130, "Host '192.0.2.7' is not allowed to connect to this MySQL server")),
    );
    expect(refused.failure).toMatchObject({
      code: 'refuses',
      raw: "1130 Host '192.0.2.7' is not allowed to connect to this MySQL server",
    });
  });

  test('SMTP that turns away', async () => {
    const one = await hear('smtp', says('554 No SMTP service for 192.0.2.7\r\n'));
    expect(one.failure).toMatchObject({
      operation: 'service',
      code: 'refuses',
      raw: '554 No SMTP service for 192.0.2.7',
    });
  });
});

describe('services that wait for their client', () => {
  test('Redis: works, wants a password, is loading, is protected', async () => {
    expect((await hear('redis', answers('+PONG\r\n'))).failure).toBeUndefined();
    expect((await hear('redis', answers('-NOAUTH Authentication required.\r\n'))).failure).toBeUndefined();
    expect((await hear('redis', answers('-LOADING Redis is loading the dataset in memory\r\n'))).failure).toMatchObject(
      { code: 'starting' },
    );
    expect((await hear('redis', says('-DENIED Redis is running in protected mode\r\n'))).failure).toMatchObject({
      code: 'refuses',
    });
  });

  test('PostgreSQL: asks for a password, is starting, has no entry, does not know our user', async () => {
    const asks = Buffer.from([0x52, 0, 0, 0, 12, 0, 0, 0, 5, 1, 2, 3, 4]);
    expect((await hear('postgres', postgres(asks))).failure).toBeUndefined();
    const starting = postgresError('57P03', 'the database system is starting up', 'ProcessStartupPacket');
    expect((await hear('postgres', postgres(starting))).failure).toMatchObject({ code: 'starting' });
    const entry = postgresError('28000', 'no pg_hba.conf entry for host "192.0.2.7"', 'ClientAuthentication');
    expect((await hear('postgres', postgres(entry))).failure).toMatchObject({ code: 'refuses' });
    // A line for one database lets in who asks for that one.
    const forShop = (socket: Socket): void => {
      socket.once('data', () => {
        socket.write('N');
        socket.once('data', (words: Buffer) => socket.end(words.includes('database\0shop\0') ? asks : entry));
      });
    };
    expect((await hear('postgres', forShop, 800, '/shop')).failure).toBeUndefined();
    expect((await hear('postgres', forShop)).failure).toMatchObject({ code: 'refuses' });
    const role = postgresError('28000', 'role "whoblocked" does not exist', 'InitializeSessionUserId');
    expect((await hear('postgres', postgres(role))).failure).toBeUndefined();
  });

  test('memcached, AMQP, MongoDB', async () => {
    expect(await hear('memcached', answers('VERSION 1.6.21\r\n'))).toMatchObject({ protocol: 'memcached' });
    expect(await hear('amqp', answers(Buffer.from([1, 0, 0, 0, 0, 1, 0, 0, 10, 0, 10, 0, 9])))).toMatchObject({
      protocol: 'amqp',
    });
    const reply = Buffer.alloc(32);
    reply.writeInt32LE(2013, 12);
    expect(await hear('mongodb', answers(reply))).toMatchObject({ protocol: 'mongodb' });
  });
});

describe('words that do for several protocols', () => {
  test.each([
    ['ftp', '220 (vsFTPd 3.0.3)\r\n', undefined],
    [
      'ftp',
      '220---------- Welcome to Pure-FTPd [privsep] [TLS] ----------\r\n220 You will be disconnected after 15 minutes.\r\n',
      undefined,
    ],
    ['ftp', '220 files.example ready\r\n', undefined],
    ['ftp', '421 Too many connections from your address\r\n', 'refuses'],
    ['ftp', '120 Service ready in 5 minutes\r\n', 'starting'],
    ['smtp', '421 4.3.2 Service not available\r\n', 'refuses'],
    ['ftp', '220 mail.example ESMTP Postfix\r\n', 'other-service'],
    ['smtp', '220 ProFTPD FTP Server ready.\r\n', 'other-service'],
    ['pop3', '-ERR too many connections\r\n', 'refuses'],
    ['imap', '* BYE Too many connections\r\n', 'refuses'],
    ['nats', 'INFO {"server_id":"x"} \r\n', undefined],
    ['nats', 'INFO {"server_id":"x"} \r\n-ERR \'maximum connections exceeded\'\r\n', 'refuses'],
    ['ssh', 'Exceeded MaxStartups\r\n', 'refuses'],
    ['ssh', '220 mail.example ESMTP\r\n', 'other-service'],
  ])('%s %j', async (scheme, words, code) => {
    const one = await hear(scheme, says(words));
    expect(one.failure?.code).toBe(code);
  });

  test('PostgreSQL: poolers that do not know our user work', async () => {
    const pooler = postgresError('08P01', 'no such user: whoblocked', '');
    expect((await hear('postgres', postgres(pooler))).failure).toBeUndefined();
    const full = postgresError('53300', 'sorry, too many clients already', 'InitProcess');
    expect((await hear('postgres', postgres(full))).failure).toMatchObject({ code: 'refuses' });
  });

  test('LDAP: works, is busy, is not available', async () => {
    const done = (code: number): Uint8Array => Buffer.from([0x30, 12, 2, 1, 1, 0x65, 7, 0x0a, 1, code, 4, 0, 4, 0]);
    expect(await hear('ldap', answers(done(0)))).toMatchObject({ protocol: 'ldap' });
    expect((await hear('ldap', answers(done(0)))).failure).toBeUndefined();
    expect((await hear('ldap', answers(done(51)))).failure).toMatchObject({ code: 'refuses' });
    expect((await hear('ldap', answers(done(52)))).failure).toMatchObject({ code: 'starting' });
  });

  test('memcached without a place left', async () => {
    expect((await hear('memcached', says('ERROR Too many open connections\r\n'))).failure).toMatchObject({
      code: 'refuses',
    });
  });
});

describe('everything else', () => {
  test('a silent port that accepted is open', async () => {
    expect(await hear('', () => {})).toMatchObject({ silent: true, protocol: null });
    expect((await hear('', () => {})).failure).toBeUndefined();
  });

  test('silence of a service that should greet', async () => {
    expect((await hear('ssh', () => {}, 300)).failure).toMatchObject({ code: 'timed-out' });
  });

  test('silence on one connection only, as where its packets get lost', async () => {
    let connections = 0;
    const late = await hear(
      'ssh',
      (socket) => (++connections > 1 ? socket.write('SSH-2.0-dropbear\r\n') : null),
      8_000,
    );
    expect(late).toMatchObject({ protocol: 'ssh', silent: false });
    expect(late.failure).toBeUndefined();
    expect(connections).toBe(2);
  });

  test('closed and reset at once', async () => {
    expect((await hear('', (socket) => socket.end())).failure).toMatchObject({ operation: 'service', code: 'closed' });
    expect((await hear('', (socket) => setTimeout(() => socket.resetAndDestroy(), 30))).failure).toMatchObject({
      code: 'reset',
    });
  });

  test('another service than the one that was asked for', async () => {
    expect((await hear('ssh', says('220 mail.example ESMTP\r\n'))).failure).toMatchObject({ code: 'other-service' });
    expect((await hear('redis', answers('HTTP/1.1 400 Bad Request\r\n\r\n'))).failure).toMatchObject({
      code: 'http-expected',
    });
    expect((await hear('redis', answers(Buffer.from([21, 3, 1, 0, 2, 2, 70])))).failure).toMatchObject({
      code: 'tls-expected',
    });
  });

  test('noise without end is bounded', async () => {
    const one = await hear('', (socket) => {
      const timer = setInterval(() => socket.write(Buffer.alloc(16_384, 0x41)), 1);
      socket.on('close', () => clearInterval(timer));
    });
    expect(one.text?.length).toBeLessThanOrEqual(300);
  });
});

describe('words that the service could not have said', () => {
  const echo = (socket: Socket): unknown => socket.on('data', (bytes: Buffer) => socket.write(bytes));

  test.each(['redis', 'amqp', 'mongodb', 'ldap', 'postgres'])(
    '%s is not what sends back its first words',
    async (scheme) => {
      expect((await hear(scheme, echo)).failure).toMatchObject({ code: 'other-service', raw: expect.stringContaining('sends back') as string }); // prettier-ignore
    },
  );

  test.each([
    ['smtp', 'Welcome to the BBS\r\n'],
    ['imap', 'hello\r\n'],
    ['mysql', 'Who are you?\r\n'],
    ['ftp', '{"error":"no"}\n'],
  ])('%s does not say %j', async (scheme, words) => {
    expect((await hear(scheme, says(words))).failure?.code).toBe('other-service');
  });

  test.each([
    ['redis', '-UPSTREAM failure\r\n'],
    ['imap', '* CAPABILITY IMAP4rev1\r\n'],
    ['telnet', 'login: '],
    ['smtp', '220-mail.example\r\n220 ESMTP\r\n'],
    ['ftp', '220-Welcome\r\n any words\r\n220\r\n'],
  ])('%s may say %j', async (scheme, words) => {
    const serve = scheme === 'redis' ? answers(words) : says(words);
    expect((await hear(scheme, serve)).failure).toBeUndefined();
  });

  test('nor is what never comes to the end of its first line or its greeting', async () => {
    expect((await hear('smtp', says('22'))).failure?.code).toBe('timed-out');
    expect((await hear('smtp', says('220-mail.example\r\n220-please wait\r\n'))).failure?.code).toBe('timed-out');
    expect((await hear('ssh', says('x7Ga\r\n'))).failure?.code).toBe('other-service');
  });

  test('a mail server may end its greeting late, and an SSH server begin with other lines', async () => {
    const late = (first: string, then: string) => (socket: Socket) => {
      socket.write(first);
      setTimeout(() => socket.write(then), 200);
    };
    expect(await hear('smtp', late('220-mail.example\r\n', '220 ESMTP\r\n'))).toMatchObject({ protocol: 'smtp' });
    expect(await hear('ssh', late('Notice\r\n', 'SSH-2.0-x\r\n'))).toMatchObject({
      protocol: 'ssh',
      text: 'SSH-2.0-x',
    });
  });
});
