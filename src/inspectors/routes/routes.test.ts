import { describe, expect, it } from 'vitest';
import type { Facts } from '../../model/facts.js';
import { contextOf, facts, measured } from '../context.fixture.js';
import { deviceRoutes } from './routes.js';

const rules4 = '[{"priority":0,"src":"all","table":"local"},{"priority":32766,"src":"all","table":"main"}]';
const default4 = '[{"dst":"default","gateway":"192.0.2.1","dev":"eth0","metric":100,"flags":[]}]';
const config = (address: string): Partial<Facts> => ({
  'name.config': {
    state: 'known',
    at: 0,
    ms: 0,
    source: 'test',
    value: {
      resolvers: [{ address, port: 53, location: '/etc/resolv.conf:1' }],
      search: [],
      file: { path: '/etc/resolv.conf', exists: true, link: null },
      order: [],
    },
  },
});

describe('device.routes', () => {
  it('asks for the target and the resolvers as the probing user, by one process for each family', async () => {
    const seen: (string | undefined)[] = [];
    const value = await measured(deviceRoutes, facts('198.51.100.7', config('203.0.113.53')), {
      run: (_program, args, options) => {
        if (args.join(' ') === '-6 -j -force -batch -') return '[]\n[]\n';
        if (args.join(' ') !== '-4 -j -force -batch -')
          return '198.51.100.0/25 via x\nblackhole 198.51.100.0/25 \nblackhole 198.51.0.0/16 \n';
        seen.push(options?.input);
        return {
          exit: 1,
          stdout: `${rules4}\n${default4}\n[{"dst":"203.0.113.53","gateway":"192.0.2.1","dev":"eth0","prefsrc":"192.0.2.2"}]\n[{"dst":"default","gateway":"192.0.2.1","dev":"eth0"}]\n`,
          stderr:
            'RTNETLINK answers: Invalid argument\nCommand failed -:3\nRTNETLINK answers: Invalid argument\nCommand failed -:5\n',
        };
      },
    });
    expect(seen).toEqual([
      'rule show\nroute show default\nroute get 198.51.100.7 uid 1000\nroute get 203.0.113.53 uid 1000\nroute get fibmatch 198.51.100.7 uid 1000\nroute get fibmatch 203.0.113.53 uid 1000\n',
    ]);
    expect(value.choices).toEqual([
      {
        address: '198.51.100.7',
        type: 'blackhole',
        via: null,
        device: null,
        source: null,
        table: 'main',
        error: 'Invalid argument',
        line: 'blackhole 198.51.100.0/25',
      },
      {
        address: '203.0.113.53',
        type: 'unicast',
        via: '192.0.2.1',
        device: 'eth0',
        source: '192.0.2.2',
        table: null,
        error: null,
        line: 'default via 192.0.2.1 dev eth0',
      },
    ]);
    expect(value.defaults).toEqual([{ family: 4, via: '192.0.2.1', device: 'eth0', metric: 100 }]);
  });

  it('asks one by one where the answers of a batch cannot be told apart', async () => {
    const value = await measured(deviceRoutes, facts('198.51.100.7'), {
      run: (_program, args) => {
        const line = args.join(' ');
        if (line.includes('-batch')) return '[]';
        if (line === '-j -4 route get 198.51.100.7 uid 1000')
          return { exit: 2, stderr: 'RTNETLINK answers: Network is unreachable\n' };
        return line.includes('rule') ? rules4 : '[]';
      },
    });
    expect(value.choices).toMatchObject([{ type: 'none', error: 'Network is unreachable', line: null }]);
  });

  it.each([
    ['from 192.0.2.2 lookup 200', 'route get 198.51.100.7 from 192.0.2.2 uid 1000', '192.0.2.9'],
    ['from all lookup 200', 'route get 198.51.100.7 uid 1000', '192.0.2.1'],
  ])('asks for the way of the sender that a connection gets where rules look at it: %s', async (rule, asked, via) => {
    const [, source = 'all'] = /from (\S+)/.exec(rule) ?? [];
    const seen: string[] = [];
    const value = await measured(deviceRoutes, facts('198.51.100.7'), {
      run: (_program, args, options) => {
        if (args.join(' ') !== '-4 -j -force -batch -') return '[]\n[]\n';
        const commands = (options?.input ?? '').trim().split('\n');
        seen.push(...commands);
        const answers = commands.map((command) => {
          if (command === 'rule show') return JSON.stringify([{ priority: 100, src: source, table: '200' }]);
          if (command === 'route show default') return default4;
          const bound = command.includes(' from ');
          const way = { gateway: bound ? '192.0.2.9' : '192.0.2.1', dev: 'eth0' };
          if (command.includes('fibmatch')) return JSON.stringify([{ dst: 'default', ...way }]);
          // Where the sender was given, the kernel does not say it again.
          return JSON.stringify([{ dst: '198.51.100.7', ...way, ...(!bound && { prefsrc: '192.0.2.2' }) }]);
        });
        return `${answers.join('\n')}\n`;
      },
    });
    expect(seen.findLast((command) => !command.includes('fibmatch'))).toBe(asked);
    expect(value.choices).toMatchObject([{ via, source: '192.0.2.2', line: `default via ${via} dev eth0` }]);
  });

  it('is skipped where there is no ip', async () => {
    expect(await deviceRoutes.gather(facts('198.51.100.7'), contextOf({}))).toMatchObject({ state: 'skipped' });
  });
});
