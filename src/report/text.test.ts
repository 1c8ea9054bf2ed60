import { describe, expect, it } from 'vitest';
import { parseTarget } from '../model/parse-target.js';
import type { Report } from '../model/report.js';
import { columns } from './clean.js';
import * as samples from './fixtures/reports.js';
import { renderText } from './text.js';
import type { TextOptions } from './text.js';

const options: TextOptions = {
  invocation: { plain: 'npx whoblocked', asRoot: 'sudo /opt/node/bin/node /opt/whoblocked/dist/cli.cjs' },
  verbose: false,
  color: false,
  width: 120,
};

describe('each certainty and outcome', () => {
  it('proven', () =>
    expect(renderText(samples.provenFirewall, options)).toMatchInlineSnapshot(`
      "✗ This computer's own firewall stops the connection.
        ufw's firewall rule 4: -d 198.51.100.10/32 -p tcp --dport 443 -j DROP
        (iptables-nft ip filter ufw-user-output, handle 31).

        this device ─✗ firewall     192.168.7.1     provider     shop.example:443

        proven     the kernel followed our packet to that rule
        otherwise  the name and other sites work

        fix        lets only this server and port through; can be undone
                   ufw insert 1 allow out to 198.51.100.10 port 443 proto tcp
                   and to take it back:
                   ufw delete allow out to 198.51.100.10 port 443 proto tcp
      "
    `));
  it('confirmed, and what root would add', () =>
    expect(renderText(samples.unseenFirewall, options)).toMatchInlineSnapshot(`
    "✗ Something on this computer stops the connection before it leaves: a firewall
      or a security program.

      this device ─✗     192.168.7.1     provider     shop.example:443

      confirmed  our packet was never sent, though the network is up and other
                 connections get out
      to know which one:
        sudo /opt/node/bin/node /opt/whoblocked/dist/cli.cjs https://shop.example/
    "
  `));
  it('likely', () =>
    expect(renderText(samples.nothingListens, options)).toMatchInlineSnapshot(`
      "✗ The server is there, but nothing answers on port 8088.
        shop.example (198.51.100.10), port 8088.

        this device ── 192.168.7.1 ── 203.0.113.1 ──✗ shop.example:8088

        likely     the refusal came from the server itself (same distance as its open
                   ports); from outside nobody can tell a stopped service from the
                   server's own firewall
        otherwise  the name works
        what to do start the service there, or check the port: the site itself answers
                   at https://shop.example/
        a message for whoever runs it:
          npx whoblocked report --for admin shop.example:8088
      "
    `));
  it('a router that refuses', () =>
    expect(renderText(samples.providerRejects, options)).toMatchInlineSnapshot(`
      "✗ Your provider blocks port 25 (outgoing mail).
        Router 203.0.113.1.

        this device ── 192.168.7.1 ──✗ 203.0.113.1     mail.example:25

        confirmed  that router said "administratively prohibited"; port 443 passes it
        what to do use port 587 or 465, which mail providers offer for this; or ask
                   the provider
        a message for your provider: npx whoblocked report --for isp mail.example:25
      "
    `));
  it('an address whose end may be meant as a port', () => {
    const target = parseTarget('2001:db8::7:443');
    if (!target.ok) throw new Error(target.why);
    const of = (report: Report): Report => ({ ...report, facts: { ...report.facts, target: target.target } });
    expect(renderText(of(samples.nothingListens), options)).toContain(
      '  if a port was meant: npx whoblocked [2001:db8::7]:443\n',
    );
    expect(renderText(of(samples.reachable), options)).not.toContain('if a port was meant');
  });
  it('undetermined', () =>
    expect(renderText(samples.cutSomewhere, options)).toMatchInlineSnapshot(`
    "? The connection is cut somewhere at or behind 203.0.113.9; from here nobody can
      tell whether the network or the server does it.

      this device ── 192.168.7.1 ── 203.0.113.1 ── 203.0.113.9 ─? slow.example:443

      known      port 80 of the same server answers; 443 is silent
      unknown    a look from another network would decide it
    "
  `));
  it('reachable', () =>
    expect(renderText(samples.reachable, options)).toMatchInlineSnapshot(`
    "✓ shop.example works: answered in 31 ms (HTTP 200, certificate valid until
      2027-02-11).
    "
  `));
  it('degraded', () =>
    expect(renderText(samples.degraded, options)).toMatchInlineSnapshot(`
    "✓ shop.example works: answered in 31 ms (HTTP 200, certificate valid until
      2027-02-11).
      One thing is wrong, though: its IPv6 address does not answer, which costs
      browsers about 250 ms.
    "
  `));
  it('commands beside a target that works are those of the way it was started', () => {
    const remedy = { id: 'prefer-ipv4', title: 'has programs try IPv4', risk: 'low', needs: 'root' } as const;
    const remedies = [{ ...remedy, command: 'whoblocked fix shop.example:443', undo: 'sudo whoblocked undo' }];
    const text = renderText({ ...samples.degraded, remedies }, options);
    expect(text).toContain('npx whoblocked fix shop.example:443');
    expect(text).toContain('sudo /opt/node/bin/node /opt/whoblocked/dist/cli.cjs undo');
  });
  it('a name that does not exist', () =>
    expect(renderText(samples.noSuchName, options)).toMatchInlineSnapshot(`
    "✗ There is no such name: shop.exmaple.

      this device ── resolver 192.168.7.1 ──✗ shop.exmaple

      confirmed  the root zone says that exmaple does not exist
      what to do check the spelling
    "
  `));
  it('a line in the hosts file', () =>
    expect(renderText(samples.hostsFile, options)).toMatchInlineSnapshot(`
      "✗ A line on this computer sends shop.example to the wrong place.
        File /etc/hosts:12: 127.0.0.1 shop.example.

        this device ─✗ hosts file     shop.example

        proven     that line says 127.0.0.1
      "
    `));
  it('--verbose', () =>
    expect(renderText(samples.cutSomewhere, { ...options, verbose: true })).toMatchInlineSnapshot(`
      "? The connection is cut somewhere at or behind 203.0.113.9; from here nobody can
        tell whether the network or the server does it.

        this device ── 192.168.7.1 ── 203.0.113.1 ── 203.0.113.9 ─? slow.example:443

        known      port 80 of the same server answers; 443 is silent
        unknown    a look from another network would decide it

        Verdict
          undetermined, possible; side: unknown, stage: connect
        What else it could be
          server-firewall (possible): The server's firewall drops it.
        Ruled out
          local-firewall: the packet left this device
        Not known
          client-banned: a look from another network
        Evidence
          port 80 of the same server answers; 443 is silent [connect.ports]
        Measured
          as alice on 2026-11-27T16:00:00.000Z, in 84 ms, 31 packets
          connect [2 ms, took 3.0 ms, test]
            198.51.100.10:443: silent so far, 12 ms
          device.routes [2 ms, took 3.0 ms, test]
            198.51.100.10: unicast via 192.168.7.1 on eth0 from 192.168.7.20
          device.self [2 ms, took 3.0 ms, test]
            linux, alice, sockets: ffi
          path [2 ms, took 3.0 ms, test]
            to 198.51.100.10:443, not reached
            1 192.168.7.1 1.5 ms icmp 11/0
            2 203.0.113.1 3.0 ms icmp 11/0
            3 * 4.5 ms
            4 203.0.113.9 6.0 ms icmp 11/0
      "
    `));
});

const all = Object.values(samples).filter(
  (sample): sample is Report => typeof sample === 'object' && 'verdict' in sample,
);

/** The same report with every text that could come from outside made hostile. */
function hostile(report: Report): Report {
  const attack = (value: unknown): unknown => {
    if (typeof value === 'string') return `${value}\u001b]0;owned\u0007\u009b31m\u202e\r\n\ud800`;
    if (Array.isArray(value)) return value.map(attack);
    if (typeof value !== 'object' || value === null) return value;
    const closed = new Set([
      'operation',
      'code',
      'state',
      'outcome',
      'cause',
      'certainty',
      'kind',
      'side',
      'stage',
      'risk',
      'needs',
    ]);
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, closed.has(key) ? one : attack(one)]));
  };
  return attack(report) as Report;
}

describe('held for all of them', () => {
  it('reads the samples', () => expect(all.length).toBeGreaterThan(8));

  it.each(all.map((sample) => [sample.verdict.cause, sample] as const))(
    '%s fits 80 columns, but for commands',
    (_, sample) => {
      for (const line of renderText(sample, { ...options, verbose: true }).split('\n')) {
        if (!/^ +(?:sudo |ufw )/.test(line)) expect(columns(line), line).toBeLessThanOrEqual(80);
      }
    },
  );

  it.each(all.map((sample) => [sample.verdict.cause, sample] as const))(
    '%s says the same without colour',
    (_, sample) => {
      const plain = renderText(sample, options);
      const coloured = renderText(sample, { ...options, color: true });
      expect(coloured).not.toBe(plain);
      expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(plain);
    },
  );

  it.each(all.map((sample) => [sample.verdict.cause, sample] as const))(
    '%s shows nothing raw from outside',
    (_, sample) => {
      const text = renderText(hostile(sample), { ...options, verbose: true });
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]|\p{Surrogate}/u);
      const lines = text.split('\n').length;
      expect(lines).toBeLessThan(120);
    },
  );
});

describe('commands', () => {
  const advised = (advice: string): Report => ({
    ...samples.nothingListens,
    verdict: { ...samples.nothingListens.verdict, advice },
  });

  it('are written for the way it was started', () => {
    expect(renderText(advised('run whoblocked https://shop.example/ again'), options)).toContain(
      'run npx whoblocked https://shop.example/',
    );
    expect(renderText(advised('run sudo whoblocked shop.example:8088'), options).replaceAll(/\s+/g, ' ')).toContain(
      'sudo /opt/node/bin/node /opt/whoblocked/dist/cli.cjs shop.example:8088',
    );
    expect(renderText(advised('whoblocked cannot see that'), options)).toContain('whoblocked cannot see that');
  });

  it('quote what a shell would take apart', () => {
    const odd = samples.report(
      "https://shop.example/a'b;c&d",
      samples.unseenFirewall.verdict,
      {},
      { 'device.self': samples.user },
    );
    expect(renderText(odd, options)).toContain(`'https://shop.example/a'\\''b;c&d'`);
  });

  it('get sudo where they need root and we are not root', () => {
    const asUser = {
      ...samples.provenFirewall,
      facts: { ...samples.provenFirewall.facts, 'device.self': samples.knownFact(samples.user) },
    };
    expect(renderText(asUser, options)).toContain('sudo ufw insert 1 allow out');
  });
});

describe('the way', () => {
  it('leaves out routers in the middle when it gets long', () => {
    const hops = Array.from({ length: 14 }, (_, i) => ({
      ttl: i + 1,
      address: `203.0.113.${i + 1}`,
      icmp: { type: 11, code: 0 },
      ms: 1,
    }));
    const long = samples.report(
      'https://slow.example/',
      samples.cutSomewhere.verdict,
      {},
      {
        path: [{ address: '198.51.100.10', port: 443, hops, reachedAt: null }],
      },
    );
    const text = renderText(long, { ...options, width: 80 });
    expect(text).toContain('  this device ── 203.0.113.1 ── … ── 203.0.113.9 ─? 203.0.113.10\n    slow.example:443\n');
  });
});
