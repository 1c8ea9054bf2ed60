import { Cannot } from '../../model/cannot.js';
import { connectors, type LinkConnect } from '../../model/route-operations.js';
import { difference } from '../difference.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { interfaceName } from '../routes/unicast-route.js';
import { Arguments } from '../validate.js';
import { connect, connectWords, doesRun, endIt, endWords } from './connectors.js';
import { isSameState, linesOf, type LinkState, linkState, putBack } from './link-state.js';

interface Before {
  readonly state: LinkState;
  /** Whether the program looked after the interface. */
  readonly runs: boolean;
}

/** A lease takes some seconds where the address is tried first (RFC 5227). */
const waitMs = 15_000;
/** Nobody knows whether it was told to ask at all: mostly an answer takes less than a second. */
const restMs = 3_000;

/**
 * An interface is connected by whoever looks after it. How that leaves it, nobody can say beforehand: it is noted once it is
 * done. Taken back, addresses, routes and resolv.conf are as before, and a client that was started is ended.
 */
export const operation: OperationKindOf<LinkConnect, Before> = {
  kind: 'link-connect',
  check(json) {
    const args = new Arguments('link-connect', json);
    const kind = args.oneOf('kind', ['link-connect']);
    const device = args.matching('device', interfaceName);
    const by = args.oneOf('by', connectors);
    args.end();
    return { kind, device, by };
  },
  commands: ({ by, device }, _id, { runs }) => [connectWords(by, device, runs).join(' ')],
  undo: ({ by, device }, _id, { runs }) => [
    ...(runs ? [] : [endWords(by, device)?.join(' ') ?? []].flat()),
    `put back the addresses and routes of ${device}, and /etc/resolv.conf`,
  ],
  async capture({ by, device }, hands) {
    const state = await linkState(device, hands);
    if (state === null) throw new Cannot(`there is no interface ${device} any more`);
    return { state, runs: await doesRun(by, device, hands) };
  },
  preview: ({ device }, { state }) => [
    ...linesOf(device, state).map((line) => `  ${line}`),
    '+ what the network gives it',
  ],
  async apply({ by, device }, { state, runs }, hands) {
    await connect(by, device, runs, hands);
    await settledFrom(state, device, waitMs, hands);
  },
  // A client that runs was only told to ask: what the network gives comes when this program may be gone.
  async rest({ device }, { state, runs }, hands) {
    if (runs) await settledFrom(state, device, restMs, hands);
  },
  settled: async ({ device }, hands) => linkState(device, hands),
  async look({ by, device }, before, hands, after): Promise<Look> {
    const now = await linkState(device, hands);
    if (now === null) return { is: 'other', ours: false, difference: [`- the whole interface ${device}`] };
    const left = isState(after) ? after : null;
    if (left !== null && !isSameState(left, before.state) && isSameState(now, left)) return { is: 'after' };
    const isStarted = !before.runs && (await doesRun(by, device, hands));
    if (isSameState(now, before.state) && !isStarted) return { is: 'before' };
    const lines = difference(linesOf(device, left ?? before.state), linesOf(device, now));
    if (left === null) return { is: 'torn', difference: lines };
    return { is: 'other', ours: isStarted, difference: lines };
  },
  async revert({ by, device }, { state, runs }, hands) {
    if (!runs) await endIt(by, device, hands);
    await putBack(device, state, hands);
  },
};

/** Something came, and stays the same for a moment; or nothing did in that time. */
async function settledFrom(before: LinkState, device: string, ms: number, hands: Hands): Promise<void> {
  const until = hands.clock.now() + ms;
  let last: LinkState | null = null;
  while (hands.clock.now() < until) {
    const now = await linkState(device, hands);
    const isNew = now !== null && !isSameState(now, before) && now.addresses.length > 0;
    if (isNew && last !== null && isSameState(now, last)) return;
    last = isNew ? now : null;
    await hands.clock.sleep(250);
  }
}

function isState(json: unknown): json is LinkState {
  return typeof json === 'object' && json !== null && 'addresses' in json && 'routes' in json;
}
