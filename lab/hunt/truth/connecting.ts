// Why one connection was not made.
import type { Machine } from '../../world/topology.js';
import type { Reply } from '../observe/fate.js';
import type { Observation, TriedAndSeen } from '../observe/observation.js';
import { addressesOf, addressesOfPlace, type Network } from '../world/network.js';
import { leading, ownRule, stopping, wordsFor } from './rules.js';
import { addressIn, explain, type Explanation } from './truth.js';

/** What the device can know beside the attempt itself. */
export interface Around {
  /** Something else of the server answered, made by the server itself. */
  readonly serverAnswers: boolean;
  /** No reference answered anything. */
  readonly nothingOutside: boolean;
  /** References answered on other ports and not on the target's. */
  readonly portEverywhere: boolean;
}

export const SILENT_ALIKE = ['dropped-on-path', 'server-firewall', 'server-overloaded', 'client-banned'];

export function aroundOf({ controls }: Observation, network: Network, port: number): Around {
  const answered = controls.seen.filter(({ fate }) =>
    fate.replies.some(({ arrived, kind }) => arrived && kind !== 'icmp'),
  );
  const server = addressesOf(network, 'server');
  const reference = addressesOf(network, 'reference');
  const fromReference = answered.filter(({ tried }) => reference.includes(tried.address));
  const samePort = controls.seen.filter(({ tried }) => reference.includes(tried.address) && tried.port === port);
  return {
    serverAnswers: answered.some(
      ({ tried, fate }) => server.includes(tried.address) && fate.replies.some(({ madeBy }) => madeBy === 'server'),
    ),
    nothingOutside: controls.seen.some(({ tried }) => reference.includes(tried.address)) && fromReference.length === 0,
    portEverywhere:
      samePort.length > 0 &&
      samePort.every(({ fate }) => !fate.replies.some(({ arrived }) => arrived)) &&
      fromReference.some(({ tried }) => tried.port !== port),
  };
}

function unmade({ tried }: TriedAndSeen, seen: Observation): Explanation {
  const [led] = leading(seen.rules.filter(({ machine }) => machine === 'device'));
  const own = stopping(seen.rules, 'device');
  if (own.length > 0) return ownRule(own);
  if (led) return explain('connection-redirected', wordsFor(led));
  const six = tried.address.includes(':');
  const looked = seen.unanswered.filter(
    ({ machine, address }) => machine === 'device' && address.includes(':') === six,
  );
  if (seen.device.linkDown) return explain('network-down', 'no interface of the device is up', { also: ['no-route'] });
  if (looked.some(({ address }) => address === tried.address))
    return explain('host-down', `nobody on the device's link has ${tried.address}`, { also: ['subnet-overlap'] });
  if (looked.length > 0) {
    const addresses = looked.map(({ address }) => address);
    return explain('gateway-unreachable', `nobody on the device's link answers for ${addresses.join()}`, {
      culprit: addressIn(addresses),
      alike: tried.connect === 'timed-out' ? ['network-down'] : [],
    });
  }
  if (tried.connect === 'EADDRNOTAVAIL')
    return explain('ephemeral-ports-exhausted', tried.connect, { also: ['no-route'] });
  const has = seen.device.families.includes(six ? 6 : 4);
  return explain(has ? 'no-route' : 'network-down', `the device's kernel refused at once: ${tried.connect}`, {
    also: has ? [] : ['no-route'],
  });
}

const PROHIBITED: Record<4 | 6, readonly number[]> = { 4: [9, 10, 13], 6: [1, 5, 6] };

function hopSaid(reply: Reply, one: TriedAndSeen, seen: Observation, network: Network): Explanation {
  const { madeBy, type, code, source } = reply;
  const six = one.tried.address.includes(':');
  const culprit = addressIn(addressesOfPlace(network, madeBy));
  const said = `${madeBy} (${source}) answered with ICMP ${type}/${code}`;
  const ruled = stopping(seen.rules, madeBy).length > 0;
  if (type === (six ? 3 : 11)) return explain('routing-loop', `${said}: hop limit exceeded`);
  const prohibits = PROHIBITED[six ? 6 : 4].includes(code) && type === (six ? 1 : 3);
  if (prohibits) return explain('rejected-by-hop', said, { culprit });
  const looked = seen.unanswered.filter(({ machine }) => machine === madeBy);
  if (looked.length > 0 && !ruled) {
    const target = looked.some(({ address }) => address === one.tried.address);
    // The error is the same whether it looked for the server or for the next router.
    return target
      ? explain('host-down', `${said} after nobody answered for ${one.tried.address}`, {
          alike: ['unreachable-by-hop'],
        })
      : explain(
          'unreachable-by-hop',
          `${said} after nobody answered for ${looked.map(({ address }) => address).join()}`,
          {
            culprit,
            alike: ['host-down'],
          },
        );
  }
  const portOrProtocol = (type === 3 && (code === 3 || code === 2)) || (six && type === 1 && code === 4);
  if (portOrProtocol) return explain('rejected-by-hop', said, { culprit });
  return explain('unreachable-by-hop', said, { culprit, also: ruled ? ['rejected-by-hop'] : [] });
}

function silent(endedIn: readonly Machine[], one: TriedAndSeen, seen: Observation, around: Around): Explanation {
  const alike = [...SILENT_ALIKE, ...(around.serverAnswers ? [] : ['host-down'])];
  const also = [
    ...(around.nothingOutside ? ['internet-down'] : []),
    ...(around.portEverywhere ? ['port-blocked-everywhere'] : []),
  ];
  const rules = endedIn.flatMap((machine) => stopping(seen.rules, machine));
  const words = rules[0] ? wordsFor(rules[0]) : `the first packet ended in ${endedIn.join(' and ') || 'no machine'}`;
  if (endedIn.includes('server')) {
    if (seen.overflows > 0)
      return explain('server-overloaded', 'the queue of the service was full', { alike: SILENT_ALIKE });
    if (rules.length > 0) return explain('server-firewall', words, { alike, also });
    // It has the packet and no way to answer: no rule of anybody's, and from outside the same silence.
    return explain('dropped-on-path', words, { also: ['server-firewall', ...also], alike });
  }
  const inVain = seen.unanswered.find(
    ({ machine, address }) => endedIn.includes(machine) && address === one.tried.address,
  );
  if (inVain) return explain('host-down', `nobody answered ${inVain.machine} for ${inVain.address}`, { alike, also });
  const lossy = rules.some(({ text }) => text.includes('numgen'));
  if (lossy) return explain('packet-loss', words);
  const primary = also[0] ?? 'dropped-on-path';
  return explain(primary, words, { also: ['dropped-on-path', ...also.slice(1)], alike });
}

export function whyNotConnected(one: TriedAndSeen, seen: Observation, network: Network, around: Around): Explanation {
  const { fate, tried } = one;
  if (!fate.left) return unmade(one, seen);
  const tunnel = seen.device.others[fate.leftBy];
  if (tunnel !== undefined) return intoTunnel(tunnel);
  const [arrived] = fate.replies.filter((reply) => reply.arrived);
  const outside = around.nothingOutside ? ['internet-down'] : [];
  if (fate.circled && arrived?.kind !== 'resets')
    return explain('routing-loop', 'the first packet came by the same routers again and again', {
      alike: arrived ? [] : SILENT_ALIKE,
    });
  if (arrived && tried.connect === 'timed-out') return swallowedHere(seen);
  if (arrived?.kind === 'icmp' && arrived.madeBy === 'server')
    return explain('server-firewall', `the server answered with ICMP ${arrived.type}/${arrived.code}`);
  if (arrived?.kind === 'icmp') {
    const explained = hopSaid(arrived, one, seen, network);
    const worded = { ...explained, right: [...explained.right, ...outside.map((cause) => ({ cause }))] };
    if (!metSilence(seen, tried.address)) return worded;
    // It limits its errors, and had none left for the command: to that one the very same is silence.
    const quiet = silent([arrived.madeBy], one, seen, around);
    return { ...worded, right: [...worded.right, ...quiet.right], alike: [...worded.alike, ...quiet.alike] };
  }
  if (arrived?.kind === 'resets') return reset(arrived, seen, network, around);
  // A server that resets right behind its acceptance can be quicker than the client sees itself connected.
  if (arrived?.kind === 'accepts')
    return explain('server-closes-at-once', `${arrived.madeBy} accepted and reset at once`, {
      alike: ['server-overloaded', 'client-banned'],
    });
  const lost = fate.replies.flatMap(({ lostIn }) => lostIn);
  if (lost.length > 0) {
    const rules = lost.flatMap((machine) => stopping(seen.rules, machine));
    return explain('dropped-on-path', rules[0] ? wordsFor(rules[0]) : `the answer ended in ${lost.join()}`, {
      also: [...outside, ...(around.portEverywhere ? ['port-blocked-everywhere'] : [])],
      alike: [...SILENT_ALIKE, ...(around.serverAnswers ? [] : ['host-down'])],
    });
  }
  if (fate.entered.length === 0)
    return explain('gateway-unreachable', 'the first packet left the device and entered no machine', {
      alike: ['network-down', 'dropped-on-path', 'internet-down'],
    });
  const unheard = silent(fate.endedIn, one, seen, around);
  const [said] = seen.steadiness.errors.filter(({ arrived, madeBy }) => arrived && fate.endedIn.includes(madeBy));
  if (said === undefined) return unheard;
  // It limits its errors: the command was told what the client was not.
  const told = hopSaid(said, one, seen, network);
  return { ...told, right: [...told.right, ...unheard.right], alike: [...told.alike, ...unheard.alike] };
}

/** None of the command's own attempts at that address was answered by anybody, in no way. */
function metSilence({ steadiness: { perAddress, errors } }: Observation, address: string): boolean {
  const own = perAddress.find((one) => one.address === address);
  return own !== undefined && own.silent > 0 && own.answered + own.turnedAway === 0 && errors.length === 0;
}

/** It left by an interface behind which nobody is, as a VPN leaves it. */
export function intoTunnel(name: string): Explanation {
  return explain('vpn-blocks', `it left by ${name}, behind which nobody is`, {
    also: ['subnet-overlap', 'no-route'],
    // That nobody is behind it cannot be seen from here.
    alike: ['host-down', 'internet-down'],
  });
}

/** The answer came back to the device, and the client never had it. */
function swallowedHere(seen: Observation): Explanation {
  const own = stopping(seen.rules, 'device');
  // Without privileges nobody sees that the answer came: it looks like silence from outside.
  const alike = [...SILENT_ALIKE, 'host-down', 'internet-down', 'port-blocked-everywhere'];
  if (own.length > 0) return { ...ownRule(own), alike };
  return explain('local-firewall', 'the answer entered the device, and its client never had it', { alike });
}

function reset(reply: Reply, seen: Observation, network: Network, around: Around): Explanation {
  const [led] = leading(seen.rules);
  const closed = ['nothing-listening', 'server-firewall', 'listens-on-loopback-only', 'listens-on-other-family'];
  if (led) return explain('connection-redirected', wordsFor(led), { alike: [...closed, 'reset-injected'] });
  if (reply.madeBy === 'server') {
    const [rule] = stopping(seen.rules, 'server');
    if (rule) return explain('server-firewall', wordsFor(rule), { alike: closed });
    return explain('nothing-listening', 'the server itself sent a reset', { alike: closed, also: closed.slice(2) });
  }
  const [rule] = stopping(seen.rules, reply.madeBy);
  const said = rule ? wordsFor(rule) : `${reply.madeBy} sent a reset in the server's name`;
  const besideServer = reply.madeBy === network.routers.at(-1);
  // Nothing else of the server answers: there is no distance to compare the reset's with.
  const unknowable = around.serverAnswers ? (besideServer ? ['server-firewall'] : []) : closed;
  return explain('reset-injected', said, {
    also: ['rejected-by-hop', ...(around.nothingOutside ? ['internet-down'] : [])],
    alike: [...unknowable, 'port-blocked-everywhere'],
  });
}
