/** One ban that is in force, as CrowdSec's own client tells of it. */
export interface Decision {
  /** CrowdSec's number of it. */
  readonly id: number;
  /** The address, or a network. */
  readonly value: string;
  readonly scenario: string;
  readonly origin: string | null;
  /** When its alert was made; ISO, UTC. */
  readonly since: string | null;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
}

/**
 * What to ask of cscli about an address or a network. `decisions list` would show the newest of each address alone;
 * this has all, and what is over too.
 */
export const listAlerts = (scope: 'ip' | 'range', value: string): string[] =>
  ['alerts', 'list', '-a', '-l', '0', `--${scope}`, value, '-o', 'json']; // prettier-ignore

/** What has come from CrowdSec's centre and past alerts with their events make it long. */
export const mostBytesOfAlerts = 32 * 1024 * 1024;

/**
 * A list of alerts, each with its decisions, also those about others; `null` or nothing when there is none. Null where
 * it is not whole.
 */
export function decisionsIn(printed: string, now: Date): Decision[] | null {
  let alerts: unknown;
  try {
    alerts = printed.trim() === '' ? null : JSON.parse(printed);
  } catch {
    return null;
  }
  return objectsIn(alerts).flatMap((alert) => {
    const since = isoOf(textOf(alert, 'created_at'));
    return objectsIn(Reflect.get(alert, 'decisions')).flatMap((decision) => {
      const id: unknown = Reflect.get(decision, 'id');
      const left = secondsOf(textOf(decision, 'duration') ?? '');
      const value = textOf(decision, 'value');
      if (typeof id !== 'number' || !Number.isSafeInteger(id) || left === null || value === undefined) return [];
      if (textOf(decision, 'type') !== 'ban' || Reflect.get(decision, 'simulated') === true) return [];
      const scenario = (textOf(decision, 'scenario') ?? 'a decision').slice(0, 200);
      const origin = textOf(decision, 'origin')?.slice(0, 60) ?? null;
      return [{ id, value: value.slice(0, 100), scenario, origin, since, endsAt: now.getTime() + left * 1000 }];
    });
  });
}

function objectsIn(value: unknown): object[] {
  return Array.isArray(value) ? value.filter((one): one is object => typeof one === 'object' && one !== null) : [];
}

function textOf(object: object, key: string): string | undefined {
  const value: unknown = Reflect.get(object, key);
  return typeof value === 'string' ? value : undefined;
}

function isoOf(text: string | undefined): string | null {
  const time = new Date(text ?? '');
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

/** Go's way to write a time that is left: `3h59m55.868880522s`. Null for what is over: `-7.1s`, or `302.18ms` of a rest. */
export function secondsOf(text: string): number | null {
  const found = /^(?:(\d{1,9})h)?(?:(\d{1,2})m)?(?:(\d{1,2}(?:\.\d+)?)s)?$/.exec(text);
  if (!found || text === '') return null;
  const [, hours = '0', minutes = '0', seconds = '0'] = found;
  return Number(hours) * 3600 + Number(minutes) * 60 + Math.floor(Number(seconds));
}
