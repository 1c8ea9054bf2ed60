import type { Verdict } from '../model/report.js';

export type PausedGuard = 'firewall' | 'vpn' | 'antivirus' | 'proxy';

/** What was seen of the target before, while the guard was paused, and after it was back. */
export interface Tries {
  readonly before: Verdict;
  readonly during: Verdict | undefined;
  readonly after: Verdict | undefined;
}

const causes: Readonly<Record<PausedGuard, readonly [string, ...string[]]>> = {
  firewall: ['local-firewall', 'app-policy'],
  vpn: ['vpn-blocks'],
  antivirus: ['antivirus-blocks-url', 'antivirus-intercepts-tls'],
  proxy: ['proxy-refuses', 'proxy-unreachable', 'proxy-misconfigured'],
};

const names: Readonly<Record<PausedGuard, string>> = {
  firewall: "This computer's own firewall",
  vpn: 'The VPN of this computer',
  antivirus: 'The web shield of this computer',
  proxy: 'The proxy that is set on this computer',
};

/**
 * Works without it, fails with it, before and after: only the guard was changed, so it was the guard. Null where that was
 * not seen, and then nobody is blamed by it.
 */
export function provenBy(guard: PausedGuard, { before, during, after }: Tries): Verdict | null {
  const failsWith = before.outcome === 'failed' && after?.outcome === 'failed';
  if (!failsWith || during === undefined || during.outcome === 'failed') return null;
  const [cause, ...others] = causes[guard];
  if ([cause, ...others].includes(before.cause)) {
    const { confidence: _measured, confidenceBasis: _basis, ...verdict } = before;
    return { ...verdict, certainty: 'proven' };
  }
  return {
    outcome: 'failed',
    cause,
    side: 'this-device',
    stage: before.stage,
    certainty: 'proven',
    summary: `${names[guard]} stops the connection: past it the connection works, through it it fails.`,
  };
}

/** In the order in which a connection passes them. */
const stages: readonly Verdict['stage'][] = ['target', 'name', 'route', 'connect', 'tls', 'http', 'service'];

/** Whoever does without a proxy has no such stage: only behind `connect` it came further than the proxy let it. */
function placeOf({ stage }: Verdict): number {
  return stages.indexOf(stage === 'proxy' ? 'connect' : stage);
}

/** One sentence on what the tries showed. */
export function showedBy(guard: PausedGuard, tries: Tries): string {
  const { before, during, after } = tries;
  const without = { firewall: 'past the firewall', vpn: 'past the VPN', antivirus: 'past the web shield', proxy: 'without the proxy' }[guard]; // prettier-ignore
  if (during === undefined) return 'it was not tried';
  if (during.outcome === 'failed')
    return placeOf(during) > placeOf(before) && before.outcome === 'failed'
      ? `${without} it gets further, and then something else fails: ${during.summary}`
      : `${without} it fails too: ${during.summary}`;
  if (before.outcome !== 'failed') return `it works ${without} and with it`;
  if (after?.outcome === 'failed') return `it works ${without} and fails with it, before and after`;
  return after === undefined
    ? `it works ${without} and failed with it before`
    : `it works ${without}, and now with it too: what stopped it has ended meanwhile`;
}
