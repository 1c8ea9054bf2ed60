import { describe, expect, it } from 'vitest';
import { decide, prepare } from './decide.js';
import { foldsInto } from './folds-into.js';
import { hookOwners, ownerOf } from './owner.js';
import { parsePacket } from './packet.js';
import { readRuleset } from './parse/read.js';
import type { Ruleset } from './ruleset.js';

function table(...lines: readonly string[]): Ruleset {
  const chains = [
    ...new Set(lines.flatMap((line) => [...line.matchAll(/-[Ajg] (\S+)/g)].map((found) => found[1] ?? ''))),
  ];
  const targets = new Set(['ACCEPT', 'DROP', 'REJECT', 'NFQUEUE', 'INPUT', 'FORWARD', 'OUTPUT']);
  const own = chains.filter((chain) => !targets.has(chain)).map((chain) => `:${chain} - [0:0]`);
  return readRuleset(
    [
      '*filter',
      ':INPUT ACCEPT [0:0]',
      ':FORWARD ACCEPT [0:0]',
      ':OUTPUT ACCEPT [0:0]',
      ...own,
      ...lines,
      'COMMIT',
      '',
    ].join('\n'),
  );
}

/** Owner and meaning of the rule that decides. */
function decided(
  ruleset: Ruleset,
  packet: object,
): { owner: string | null; cause: string | null; about: string | null; detail: unknown } {
  const parsed = parsePacket({
    protocol: 'tcp',
    source: '203.0.113.9',
    destination: '192.0.2.7',
    sport: 40_000,
    dport: 443,
    state: 'new',
    ...packet,
  });
  if ('error' in parsed) throw new Error(parsed.error);
  const { decidedBy } = decide(prepare(ruleset), parsed.packet);
  if (decidedBy === null) throw new Error('nothing decides');
  const owner = ownerOf(decidedBy);
  const folded = foldsInto(decidedBy, decidedBy.through);
  return {
    owner: owner?.id ?? null,
    cause: folded?.cause ?? null,
    about: folded?.about ?? null,
    detail: owner?.detail,
  };
}

const incoming = { hook: 'input', in: 'eth0' };

describe('owners', () => {
  it('are told by chains, comments and sets', () => {
    expect(
      decided(table('-A INPUT -j ufw-user-input', '-A ufw-user-input -p tcp -m tcp --dport 443 -j DROP'), incoming),
    ).toMatchObject({ owner: 'ufw', cause: null });
    expect(decided(table('-A INPUT -p tcp -m tcp --dport 443 -j DROP'), incoming)).toMatchObject({
      owner: null,
      cause: null,
    });
    expect(
      decided(table('-A FORWARD -m comment --comment "cali:wUHhoiAYhphO9Mso" -j DROP'), { hook: 'forward' }),
    ).toMatchObject({ owner: 'calico' });
    // As felix writes it: a chain for each pod's interface, one for each policy, and the drop at the end.
    const felix = [
      '-A FORWARD -m comment --comment "cali:wUHhoiAYhphO9Mso" -j cali-FORWARD',
      '-A cali-FORWARD -o cali+ -m comment --comment "cali:N8e4P2xcsi0LnYXD" -j cali-tw-cali95aa86cbb2a',
      '-A cali-tw-cali95aa86cbb2a -m comment --comment "cali:pm-LK-c1ra31tRwz" -j cali-pi-_tTE-E7yY40ogArNVgKt',
      '-A cali-tw-cali95aa86cbb2a -m comment --comment "cali:FUDVBYh1Yr6tVRgq" -m comment --comment "Drop if no policies passed packet" -j DROP',
      '-A cali-pi-_tTE-E7yY40ogArNVgKt -p tcp -m comment --comment "cali:M4Und37HGrw6jUk8" -m tcp --dport 25 -j DROP',
    ];
    const forwarded = { hook: 'forward', in: 'eth0', out: 'cali95aa86cbb2a' };
    expect(decided(table(...felix), forwarded)).toMatchObject({ owner: 'calico', cause: 'app-policy' });
    expect(decided(table('-A INPUT -m comment --comment nordvpn -j DROP'), incoming)).toMatchObject({
      owner: 'nordvpn',
      cause: 'vpn-blocks',
    });
    // A chain that anybody could have called so is firewalld's only beside others of firewalld.
    expect(decided(table('-A INPUT -j IN_web', '-A IN_web -j DROP'), incoming).owner).toBeNull();
    expect(
      decided(table('-A INPUT -j INPUT_direct', '-A INPUT -j IN_public', '-A IN_public -j DROP'), incoming),
    ).toMatchObject({ owner: 'firewalld', detail: { zone: 'public' } });
  });

  it('of the policies of built-in chains are those whose chains they lead to', () => {
    const text = [
      '*filter',
      ':INPUT DROP [0:0]',
      ':FORWARD ACCEPT [0:0]',
      ':OUTPUT ACCEPT [0:0]',
      ':ufw-before-input - [0:0]',
      '-A INPUT -j ufw-before-input',
      'COMMIT',
      '',
    ];
    expect(decided(readRuleset(text.join('\n')), incoming)).toMatchObject({ owner: 'ufw' });
  });

  it('know firewalld and its zones in nft', () => {
    const chain = (name: string, base: object): unknown => ({
      chain: { family: 'inet', table: 'firewalld', name, handle: 1, ...base },
    });
    const ruleset = readRuleset(
      JSON.stringify({
        nftables: [
          { table: { family: 'inet', name: 'firewalld', handle: 1 } },
          chain('filter_INPUT', { type: 'filter', hook: 'input', prio: 10, policy: 'accept' }),
          chain('filter_IN_public_deny', {}),
          {
            rule: {
              family: 'inet',
              table: 'firewalld',
              chain: 'filter_INPUT',
              handle: 2,
              expr: [{ jump: { target: 'filter_IN_public_deny' } }],
            },
          },
          {
            rule: {
              family: 'inet',
              table: 'firewalld',
              chain: 'filter_IN_public_deny',
              handle: 3,
              expr: [{ drop: null }],
            },
          },
        ],
      }),
    );
    expect(decided(ruleset, incoming)).toMatchObject({
      owner: 'firewalld',
      detail: { zone: 'public', kind: 'rich rule' },
    });
    expect(hookOwners(ruleset)).toMatchObject([{ owner: { id: 'firewalld' }, hook: 'input' }]);
  });
});

describe('rules that carry out something else', () => {
  it('are a missing backend, a ban, networks apart', () => {
    const kube = table(
      '-A FORWARD -j KUBE-SERVICES',
      '-A KUBE-SERVICES -d 192.0.2.7/32 -p tcp -m comment --comment "shop/web:http has no endpoints" -m tcp --dport 443 -j REJECT --reject-with icmp-port-unreachable',
    );
    expect(decided(kube, { hook: 'forward' })).toMatchObject({
      owner: 'kubernetes',
      cause: 'no-backend',
      about: 'shop/web:http',
    });
    const ban = table(
      '-A INPUT -p tcp -m multiport --dports 22,443 -j f2b-sshd',
      '-A f2b-sshd -s 203.0.113.9/32 -j REJECT --reject-with icmp-port-unreachable',
    );
    expect(decided(ban, incoming)).toMatchObject({ owner: 'fail2ban', cause: 'client-banned', about: 'sshd' });
    const apart = table(
      '-A FORWARD -j DOCKER-ISOLATION-STAGE-1',
      '-A DOCKER-ISOLATION-STAGE-1 -i br-a ! -o br-a -j DOCKER-ISOLATION-STAGE-2',
      '-A DOCKER-ISOLATION-STAGE-2 -o br-b -j DROP',
    );
    expect(decided(apart, { hook: 'forward', in: 'br-a', out: 'br-b' })).toMatchObject({
      owner: 'docker',
      cause: 'containers-not-connected',
    });
    const unpublished = table('-A FORWARD -o docker0 -j DOCKER', '-A DOCKER ! -i docker0 -o docker0 -j DROP');
    expect(decided(unpublished, { hook: 'forward', in: 'eth0', out: 'docker0' })).toMatchObject({
      cause: 'port-not-published',
    });
  });

  it('are for one user, also where a jump says so', () => {
    const outgoing = { hook: 'output', out: 'eth0', uid: 1000, gid: 1000 };
    expect(decided(table('-A OUTPUT -m owner --uid-owner 1000 -j DROP'), outgoing)).toMatchObject({
      cause: 'app-policy',
      about: 'user 1000',
    });
    expect(decided(table('-A OUTPUT -m owner --uid-owner 1000 -j kids', '-A kids -j DROP'), outgoing)).toMatchObject({
      cause: 'app-policy',
    });
    // All but one user is nearly everybody.
    expect(decided(table('-A OUTPUT -m owner ! --uid-owner 0 -j DROP'), outgoing)).toMatchObject({ cause: null });
  });
});
