import { hostPort } from '../model/address.js';
import type {
  BindingLine,
  CountersFact,
  FileOwner,
  HeldTry,
  LimitsFact,
  LocalService,
  LocalServicesFact,
  OtherClock,
  SocketFileFact,
  Use,
} from '../model/device-state.js';
import type { WireTry } from '../model/facts.js';
import type { SwallowedTry } from '../model/swallowed.js';

/** Limits, counters and services of this device in a few lines each. */
export function limitLines({ ports, files, listeners, conntrack }: LimitsFact): string[] {
  return [
    ...(ports ? [`local ports ${ports.first} to ${ports.last}`] : []),
    ...(ports?.towards ?? []).map(
      (one) => `towards ${hostPort(one.address, one.port)}: ${one.used} in use, ${one.ended} of them ended`,
    ),
    ...useLine('files open in this process', files.process),
    ...useLine('files open in all', files.device),
    ...listeners.flatMap((one) => useLine(`files open in ${one.process} (process ${one.pid})`, one)),
    ...useLine('connections remembered by the packet filter', conntrack),
  ];
}

function useLine(what: string, use: Use | null): string[] {
  return use ? [`${what}: ${use.used} of ${use.limit}`] : [];
}

export function counterLines(all: readonly CountersFact[]): string[] {
  return all.flatMap((one) => {
    const risen = one.counters.filter(({ busy, quiet }) => busy > 0 || quiet > 0);
    const place = `${hostPort(one.address, one.port)}, ${one.tries} connections`;
    return risen.length === 0
      ? [`${place}: no counter rose`]
      : risen.map(({ name, busy, quiet }) => `${place}: ${name} rose by ${busy}, by ${quiet} in as long without`);
  });
}

export function bindingLines(all: readonly BindingLine[]): string[] {
  return all.map(({ program, location, text, setting }) => `${program}: ${location} ${text ?? `without ${setting}`}`);
}

export function wireLines(all: readonly WireTry[]): string[] {
  return all.map(
    ({ address, port, device, times, rounds, bound }) =>
      `${hostPort(address, port)}, ${times} at a time: ${rounds.map((one) => `${device} sent ${one.sent} (others ${one.sentElsewhere}, without ${one.quiet}, datagrams ${one.control})`).join('; ')}; bound to ${device}: ${bound ?? 'not told'}`,
  );
}

export function swallowedLines(all: readonly SwallowedTry[]): string[] {
  return all.map(({ address, port, device, each, pairs }) => {
    const rows = pairs.map(({ busy, answered }) => {
      const queues = busy.queues.map((one) => `, ${one.kind} ${one.handle} on ${one.device} threw ${one.drops} away`);
      const ipsec = busy.ipsec.map((one) => `, ${one.name} ${one.rise}`);
      const came = `${busy.received} came in, ${busy.heard} to IP, ${busy.delivered} handed on`;
      return `${busy.sent} left, ${answered} answered, ${came}${queues.join('')}${ipsec.join('')}`;
    });
    return `${hostPort(address, port)}, ${each} at a time by ${device ?? 'any interface'}: ${rows.join('; ')}`;
  });
}

export function heldLines(all: readonly HeldTry[]): string[] {
  return all.map((one) => {
    const taken = one.neverSent
      ? 'never sent'
      : one.acknowledged === null
        ? 'not known'
        : one.acknowledged
          ? 'taken'
          : `not taken in ${one.waitedMs} ms`;
    return `${hostPort(one.address, one.port)}: ${one.opened ? `opened, one byte ${taken}` : 'did not open'}`;
  });
}

export function socketFileLines({ path, kind, file, barrier, listening, elsewhere }: SocketFileFact): string[] {
  return [
    `${path}: ${kind}${file ? `, ${owner(file)}` : ''}${listening === null ? '' : listening ? ', somebody listens' : ', nobody listens'}`,
    ...(barrier ? [`${barrier.path} may not be entered: ${owner(barrier)}`] : []),
    ...elsewhere.map((other) => `somebody listens on ${other}`),
  ];
}

function owner(file: FileOwner): string {
  return `${file.owner}:${file.group}, mode ${file.mode}`;
}

export function serviceLines({ services, closed }: LocalServicesFact): string[] {
  return [
    ...services.flatMap(serviceText),
    ...(services.length === 0 ? ['no program is known that should listen there'] : []),
    ...closed.map((what) => `not read: ${what}`),
  ];
}

function serviceText({ name, state, because, location, exit, words }: LocalService): string[] {
  const ended = exit
    ? `, ended: ${exit.how}${exit.value === null ? '' : ` ${exit.value}`}${exit.at === null ? '' : ` at ${exit.at}`}`
    : '';
  return [
    `${name}: ${state}${ended} (${because}, ${location})`,
    ...(words === null ? [] : [`${words.location}: ${words.text}`]),
  ];
}

export function clockLines(clocks: readonly OtherClock[]): string[] {
  return clocks.map(({ name, date, wallClock }) => `${name}: ${date}, while it was ${wallClock} here`);
}
