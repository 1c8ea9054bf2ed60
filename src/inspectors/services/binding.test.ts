import { describe, expect, it } from 'vitest';
import type { BindingLine } from '../../model/device-state.js';
import type { Facts, ListenerFact } from '../../model/facts.js';
import type { Observed } from '../../model/observed.js';
import { parseTarget } from '../../model/parse-target.js';
import { contextOf, measured } from '../context.fixture.js';
import { deviceBinding } from './binding.js';

const known = <T>(value: T): Observed<T> => ({ state: 'known', value, at: 0, ms: 0, source: '' });

function facts(port: number, process: string | null, address = '127.0.0.1'): Facts {
  const parsed = parseTarget(`192.168.7.20:${port}`);
  if (!parsed.ok) throw new Error(parsed.why);
  const failure = { operation: 'connect', code: 'refused', raw: 'ECONNREFUSED' } as const;
  const first = { address: '192.168.7.20', port, synchronous: true, ms: 0, localAddress: null, localPort: null, icmp: [], tcp: null, failure }; // prettier-ignore
  const listener: ListenerFact = { protocol: 'tcp', address, port, v6only: null, process, pid: null, backlog: null };
  return {
    target: parsed.target,
    connect: known([{ address: '192.168.7.20', port, first, repeats: [] }]),
    'device.listeners': known({ own: ['192.168.7.20'], listeners: [listener] }),
  };
}

const look = (port: number, process: string | null, files: Record<string, string>): Promise<readonly BindingLine[]> =>
  measured(deviceBinding, facts(port, process), { files });

describe('the line that binds a program to its own computer', () => {
  it.each<[string, number, string, string, Record<string, string>]>([
    [
      'the last of redis',
      6379,
      'redis-server',
      '/etc/redis/redis.conf:2',
      { '/etc/redis/redis.conf': 'bind 0.0.0.0\nbind 127.0.0.1 -::1\n' },
    ],
    [
      'of the cluster with that port',
      5433,
      'postgres',
      '/etc/postgresql/16/main/postgresql.conf:2',
      {
        '/etc/postgresql/15/main/postgresql.conf': "listen_addresses = 'localhost'\n",
        '/etc/postgresql/16/main/postgresql.conf': "port = 5433\nlisten_addresses = 'localhost'\n",
      },
    ],
    [
      'of a file that is included later',
      5432,
      'postgres',
      '/etc/postgresql/15/main/conf.d/own.conf:1',
      {
        '/etc/postgresql/15/main/postgresql.conf': "listen_addresses = '*'\n",
        '/etc/postgresql/15/main/conf.d/own.conf': "listen_addresses = '127.0.0.1'\n",
      },
    ],
    [
      'of MySQL in one of its folders',
      3306,
      'mariadbd',
      '/etc/mysql/mariadb.conf.d/50-server.cnf:3',
      { '/etc/mysql/mariadb.conf.d/50-server.cnf': '[mysqld]\n#bind-address = 0.0.0.0\nbind-address = 127.0.0.1\n' },
    ],
    [
      'of the one site with that port',
      8080,
      'nginx',
      '/etc/nginx/sites-enabled/b:2',
      {
        '/etc/nginx/sites-enabled/a': 'server {\n listen 127.0.0.1:80;\n}\n',
        '/etc/nginx/sites-enabled/b': 'server {\n listen 127.0.0.1:8080 default_server;\n}\n',
      },
    ],
    [
      'of sshd in a file of its own',
      22,
      'sshd',
      '/etc/ssh/sshd_config.d/local.conf:1',
      { '/etc/ssh/sshd_config': 'Port 22\n', '/etc/ssh/sshd_config.d/local.conf': 'ListenAddress 127.0.0.1\n' },
    ],
  ])('is found: %s', async (_what, port, process, location, files) => {
    expect(await look(port, process, files)).toMatchObject([{ location }]);
  });

  it('is missing where the program listens to itself by default', async () => {
    const files = { '/etc/postgresql/15/main/postgresql.conf': "#listen_addresses = 'localhost'\nport = 5432\n" };
    expect(await look(5432, 'postgres', files)).toMatchObject([{ location: Object.keys(files)[0], text: null }]);
  });

  it.each<[string, number, string | null, Record<string, string>]>([
    ['another program listens', 6379, 'node', { '/etc/redis/redis.conf': 'bind 127.0.0.1\n' }],
    [
      'the last line says otherwise',
      6379,
      'redis-server',
      { '/etc/redis/redis.conf': 'bind 127.0.0.1\nbind 0.0.0.0\n' },
    ],
    [
      'it names another address too',
      6379,
      'redis-server',
      { '/etc/redis/redis.conf': 'bind 127.0.0.1 192.168.7.20\n' },
    ],
    [
      'nobody sees who listens, and the port is another one',
      7000,
      null,
      { '/etc/redis/redis.conf': 'bind 127.0.0.1\n' },
    ],
    ['no settings are there', 6379, 'redis-server', {}],
  ])('is not made up where %s', async (_why, port, process, files) =>
    expect(await look(port, process, files)).toEqual([]),
  );

  it.each([
    [8080, { '/etc/nginx/sites-enabled/a': 'listen 127.0.0.1:8080;\n' }],
    [7000, { '/etc/redis/redis.conf': 'port 7000\nbind 127.0.0.1\n' }],
    [6379, { '/etc/redis/redis.conf': 'bind 127.0.0.1\n' }],
  ])('is found by the port where nobody sees who listens on it: %d', async (port, files) =>
    expect(await look(port, null, files)).toHaveLength(1),
  );

  it('is bounded, whatever stands there', async () => {
    const [line] = await look(6379, 'redis-server', {
      '/etc/redis/redis.conf': `bind 127.0.0.1${' '.repeat(5_000)}::1\n`,
    });
    expect(line?.text?.length).toBeLessThanOrEqual(200);
  });

  it('is not looked for where the program listens elsewhere too', () =>
    expect(deviceBinding.when?.(facts(6379, 'redis-server', '0.0.0.0'), contextOf({}))).toEqual(expect.any(String)));
});
