import { closeSync, openSync, readSync } from 'node:fs';
import { canonical } from '../../../model/address.js';
import type { Failure } from '../../../model/failure.js';
import type { Tracer, TraceSession } from '../../../model/system.js';
import { errnoName } from '../../errno-names.js';
import { whenAborted } from '../../when-aborted.js';
import type { Kernel, Within } from '../kernel.js';
import type { Readiness } from '../readiness.js';
import { answerLost } from './answer-lost.js';
import { flowsOf } from './flows.js';
import { openLegacyLog } from './legacy-log.js';
import { lostPackets } from './lost-packets.js';
import { openNetfilter } from './netlink-socket.js';
import { NFNLGRP_NFTRACE, transaction } from './nf-tables.js';
import { nfTablesMissing } from './presence.js';
import { traceLog } from './trace-log.js';
import { decodeTrace } from './trace-message.js';
import { flowChanges, tableChanges } from './trace-rules.js';
import { monotonic } from '../../monotonic.js';

/** Rules per session; each flow has four. */
const maxFlows = 2000;
/** Of iptables-legacy's own log. */
const maxLines = 1000;

/**
 * Follows packets through the rulesets of nf_tables (iptables-nft, ufw and firewalld included). Rules of
 * iptables-legacy give no event: their packets are seen to pass our table and vanish.
 *
 * `group` is the control group in which sockets are made, where that is not this process's own.
 *
 * The table belongs to a netlink socket of this process, so that the kernel removes it whatever ends the process.
 */
export function nftTracer(kernel: Kernel, readiness: Readiness, group: string | null = null): Tracer {
  // Not async: everything here is done when the kernel's answers are read, before anything else runs.
  return { open: (signal) => Promise.resolve(openSession(kernel, readiness, { group, passing: false }, signal)) };
}

/** The same in another network, through which our packets pass: `within` makes sockets there. */
export function passingTracer(kernel: Kernel, readiness: Readiness, within: Within): Tracer {
  const where = { group: null, passing: true };
  return { open: (signal) => Promise.resolve(within(() => openSession(kernel, readiness, where, signal))) };
}

function openSession(
  kernel: Kernel,
  readiness: Readiness,
  { group, passing }: { readonly group: string | null; readonly passing: boolean },
  signal: AbortSignal,
): TraceSession | Failure {
  if (signal.aborted) return failure('aborted');
  const missing = nfTablesMissing();
  if (missing !== null) return failure(missing);
  const control = openNetfilter(kernel, readiness);
  if (typeof control === 'number') return failure(errnoName(control));
  const listener = openNetfilter(kernel, readiness);
  if (typeof listener === 'number') {
    void control.close();
    return failure(errnoName(listener));
  }
  const logged: string[] = [];
  const closeLog = openLegacyLog(kernel, readiness, (line) => {
    if (logged.length < maxLines) logged.push(line);
  });
  let closed: Promise<void> | null = null;
  const close = (): Promise<void> => {
    unwatch();
    log.end();
    return (closed ??= Promise.all([control.close(), listener.close(), closeLog?.()]).then(() => undefined));
  };
  const unwatch = whenAborted(signal, () => void close());

  const table = `whoblocked-${randomHex(6)}`;
  const flows = flowsOf();
  const log = traceLog();
  const listening = listener.listen(NFNLGRP_NFTRACE, (message) => {
    const trace = decodeTrace(message);
    const placed = trace && flows.place(trace);
    if (!placed) return;
    const { step, mark, packet } = trace;
    const own = step.table === table;
    if (own && packet) log.met(placed, packet, step.chain);
    log.add({ ...step, ...placed, ...(mark !== null && { mark }), at: monotonic() }, own);
  });
  const refused = listening || control.commit(transaction(tableChanges(table, passing)));
  if (refused !== 0) {
    void close();
    return failure(errnoName(refused));
  }
  let followed = 0;
  return {
    follow: (flow) => {
      const changes = closed || ++followed > maxFlows ? null : flowChanges(table, flow);
      if (!changes) return Promise.resolve(false);
      flows.add({ ...flow, address: canonical(flow.address) });
      return Promise.resolve(control.commit(transaction(changes)) === 0);
    },
    events: () => log.events(),
    seen: (localPort) => log.seen(localPort),
    logged: () => [...logged],
    answerLost: (to) => answerLost(kernel, to, group, () => closed !== null),
    lost: (protocol, to) => (closed ? [] : lostPackets(kernel, protocol, to)),
    wait: (localPort, test, ms) => log.wait(localPort, test, ms),
    close,
  };
}

function failure(raw: string): Failure {
  return { operation: 'connect', code: 'failed', raw };
}

/** As the kernel has it (random(4)): node:crypto takes 4 ms to load. */
function randomHex(bytes: number): string {
  const random = Buffer.alloc(bytes);
  const fd = openSync('/dev/urandom', 'r');
  readSync(fd, random);
  closeSync(fd);
  return random.toString('hex');
}
