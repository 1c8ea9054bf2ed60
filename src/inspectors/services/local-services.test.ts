import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Script } from '../../../test/fake-system.js';
import type { LocalServicesFact } from '../../model/device-state.js';
import type { Facts, ListenerFact } from '../../model/facts.js';
import type { Observed } from '../../model/observed.js';
import { parseTarget } from '../../model/parse-target.js';
import { measured } from '../context.fixture.js';
import { killedIn } from './exits.js';
import { localServices } from './local-services.js';
import { lineNaming } from './units.js';

const known = <T>(value: T): Observed<T> => ({ state: 'known', value, at: 0, ms: 0, source: '' });

function facts(port: number, listeners: readonly ListenerFact[] = []): Facts {
  const parsed = parseTarget(`127.0.0.1:${port}`);
  if (!parsed.ok) throw new Error(parsed.why);
  const failure = { operation: 'connect', code: 'refused', raw: 'ECONNREFUSED' } as const;
  const one = {
    address: '127.0.0.1',
    port,
    synchronous: true,
    ms: 0,
    localAddress: null,
    localPort: null,
    icmp: [],
    tcp: null,
  };
  return {
    target: parsed.target,
    connect: known([{ address: '127.0.0.1', port, first: { ...one, failure }, repeats: [] }]),
    'device.listeners': known({ own: [], listeners }),
  };
}

const look = (port: number, script: Script, listeners: readonly ListenerFact[] = []): Promise<LocalServicesFact> =>
  measured(localServices, facts(port, listeners), script);

const redisConf = 'bind 127.0.0.1\n# port 1\nport 6380\nlogfile /var/log/redis/own.log\npidfile /run/redis/own.pid\n';

describe('without systemd', () => {
  it('finds the program by its settings, and that it was stopped', async () => {
    const { services } = await look(6380, {
      files: {
        '/etc/redis/redis.conf': redisConf,
        '/var/log/redis/own.log': '9:M 27 Nov 2026 18:02:12.001 # Redis is now ready to exit, bye bye...\n',
        '/etc/init.d/redis-server': '',
      },
    });
    expect(services).toEqual([
      {
        name: 'Redis',
        state: 'stopped',
        because: 'the settings of Redis have it listen on port 6380',
        location: '/etc/redis/redis.conf:3',
        exit: null,
        words: { text: 'Redis is now ready to exit, bye bye...', location: '/var/log/redis/own.log' },
        heldBy: null,
        start: 'sudo service redis-server start',
      },
    ]);
  });

  it('does not take another port for this one', async () => {
    expect((await look(6379, { files: { '/etc/redis/redis.conf': redisConf } })).services).toEqual([]);
    expect((await look(80, { files: { '/etc/nginx/nginx.conf': 'server { listen 8080; }' } })).services).toEqual([]);
  });

  it('knows a pid file that was left behind, and one whose process runs', async () => {
    const files = { '/etc/redis/redis.conf': redisConf, '/run/redis/own.pid': '4711\n' };
    expect((await look(6380, { files })).services[0]).toMatchObject({ state: 'failed', exit: { how: 'unknown' } });
    const alive = { ...files, '/proc/4711/comm': 'redis-server\n' };
    expect((await look(6380, { files: alive })).services[0]).toMatchObject({ state: 'running', exit: null });
    // The number has gone to another program since.
    const other = { ...files, '/proc/4711/comm': 'bash\n' };
    expect((await look(6380, { files: other })).services[0]).toMatchObject({ state: 'failed' });
  });

  it('asks the kernel’s log who was ended for want of memory', async () => {
    const dmesg =
      '2026-11-27T18:19:21,123456+00:00 Memory cgroup out of memory: Killed process 4711 (redis-server) total-vm:1kB\n';
    const script = (pid: string): Script => ({
      files: { '/etc/redis/redis.conf': redisConf, '/run/redis/own.pid': pid },
      run: { 'dmesg --time-format iso': dmesg },
    });
    expect((await look(6380, script('4711\n'))).services[0]).toMatchObject({
      exit: { how: 'out-of-memory', at: '2026-11-27T18:19:21' },
    });
    // An earlier one of the same name.
    expect((await look(6380, script('4712\n'))).services[0]).toMatchObject({ exit: { how: 'unknown' } });
    expect(killedIn('oom-kill: Killed process 1 (a)\n')).toEqual([]);
  });

  it('says who holds the place, and what could not be read', async () => {
    const listeners: ListenerFact[] = [
      { protocol: 'tcp', address: '192.0.2.2', port: 8080, v6only: null, process: 'node', pid: 5, backlog: null },
    ];
    const files = {
      '/etc/nginx/nginx.conf': 'error_log /var/log/nginx/e.log;\nserver { listen 8080; }',
      '/var/log/nginx/e.log': 'bind() to 0.0.0.0:8080 failed (98: Address already in use)\n',
    };
    const found = await look(8080, { files }, listeners);
    expect(found.services[0]).toMatchObject({
      state: 'failed',
      heldBy: { process: 'node', address: '192.0.2.2 port 8080' },
    });
    const closed = await look(8080, { files: { ...files, '/var/log/nginx/e.log': { error: 'EACCES' } } }, listeners);
    expect(closed.closed).toContain('/var/log/nginx/e.log: EACCES');
  });
});

describe('systemd', () => {
  const unit = '[Service]\nExecStart=/opt/shop/api --listen 127.0.0.1:9321\n';
  const show = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
  const properties =
    'Id,LoadState,ActiveState,SubState,UnitFileState,Result,ExecMainCode,ExecMainStatus,ExecMainExitTimestamp,MainPID,StatusText';

  it('tells how its unit ended, in its own words', async () => {
    const { services, looked } = await look(9321, {
      files: { '/run/systemd/system': { stat: { kind: 'directory' } }, '/etc/systemd/system/shop.service': unit },
      run: {
        [`systemctl show --no-pager --property=${properties} -- shop.service`]: show([
          'Id=shop.service',
          'LoadState=loaded',
          'ActiveState=failed',
          'SubState=failed',
          'Result=signal',
          'ExecMainCode=2',
          'ExecMainStatus=11',
          'ExecMainExitTimestamp=Fri 2026-11-27 18:19:21 UTC',
        ]),
        'journalctl --no-pager --quiet --output=cat --lines=60 --unit=shop.service': 'starting\nFATAL: no database\n',
      },
    });
    expect(looked).toContain('systemd');
    expect(services).toEqual([
      {
        name: 'shop.service',
        state: 'failed',
        because: 'its unit file has port 9321 in it',
        location: '/etc/systemd/system/shop.service:2',
        exit: { how: 'signal', value: 'SIGSEGV', at: 'Fri 2026-11-27 18:19:21 UTC', source: 'systemd' },
        words: { text: 'FATAL: no database', location: 'journal of shop.service' },
        heldBy: null,
        start: 'sudo systemctl start shop.service',
      },
    ]);
  });

  it('counts the instances of a template, and memory that ran out', async () => {
    const { services } = await look(5432, {
      files: {
        '/run/systemd/system': { stat: { kind: 'directory' } },
        '/etc/postgresql/15/main/postgresql.conf': 'port = 5432\n',
        '/lib/systemd/system/postgresql@.service': '',
      },
      run: {
        [`systemctl show --no-pager --property=${properties} -- postgresql@*.service`]: show([
          'Id=postgresql@15-main.service',
          'LoadState=loaded',
          'ActiveState=failed',
          'Result=oom-kill',
          'ExecMainCode=2',
          'ExecMainStatus=9',
        ]),
      },
    });
    expect(services).toMatchObject([{ name: 'postgresql@15-main.service', exit: { how: 'out-of-memory' } }]);
  });

  it('is known by its files alone where it does not run', async () => {
    const { services } = await look(9321, { files: { '/etc/systemd/system/shop.service': unit } });
    expect(services).toMatchObject([{ name: 'shop.service', state: 'unknown' }]);
  });

  it('has the port as a number of its own', () => {
    const place = { port: 9321 };
    for (const line of ['ExecStart=/a 9321', 'ListenStream=9321', 'Environment=PORT=9321', 'ExecStart=/a --bind=:9321'])
      expect(lineNaming(`[Service]\n${line}\n`, place)).toBe(2);
    for (const line of ['ExecStart=/a 19321', 'ExecStart=/a 9321.2', '# ExecStart=/a 9321', 'Description=9321'])
      expect(lineNaming(`[Service]\n${line}\n`, place)).toBeNull();
  });
});

describe('containers', () => {
  const container = (state: object): object => ({
    Name: '/web',
    State: state,
    HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] } },
  });

  /** An engine that answers each request on a connection of its own. */
  const engine = (state: object) => (): Duplex => {
    const stream = new Duplex({
      read: () => undefined,
      write(chunk: Buffer, _encoding, done) {
        const all = chunk.toString().startsWith('GET /containers/json');
        const body = JSON.stringify(all ? [{ Id: 'a'.repeat(64) }] : container(state));
        stream.push(`HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n${body}`);
        stream.push(null);
        done();
      },
    });
    return stream;
  };

  const engineFile = { '/var/run/docker.sock': { stat: { kind: 'socket' as const } } };

  it('that should serve the port and do not', async () => {
    const dead = {
      Status: 'exited',
      ExitCode: 137,
      OOMKilled: true,
      FinishedAt: '2026-11-27T18:19:21.123Z',
      Error: '',
    };
    const { services, looked } = await look(8080, { dialUnix: engine(dead), files: engineFile });
    expect(looked).toContain('containers');
    expect(services).toEqual([
      {
        name: 'container web',
        state: 'failed',
        because: 'container web publishes its port 80/tcp as port 8080 of this computer',
        location: 'container web',
        exit: { how: 'out-of-memory', value: null, at: '2026-11-27T18:19:21', source: 'container engine' },
        words: null,
        heldBy: null,
        start: 'docker start web',
      },
    ]);
    expect((await look(8081, { dialUnix: engine(dead), files: engineFile })).services).toEqual([]);
  });

  it('is not asked where there is no engine', async () => {
    expect((await look(8080, {})).looked).not.toContain('containers');
  });
});
