import type { FailedAttempt } from '../../model/attempt.js';
import { untriedWords } from '../../model/untried.js';
import type { Evidence, Scene } from '../../model/cause.js';
import { fact, type InterfaceFact } from '../../model/facts.js';
import type { TunnelHolder } from '../../model/tunnel-facts.js';
import { tunnelProduct, vpnIsTried } from '../../model/tunnel-products.js';
import { shellWord } from '../../model/shell-word.js';
import { routeOf } from './connection-evidence.js';

export interface Tunnel {
  readonly device: string;
  readonly product: string | null;
  readonly interface: InterfaceFact | undefined;
  /** The program that serves it, where it is seen. */
  readonly servedBy?: TunnelHolder | null;
  /** The name of NetworkManager's connection that made it. */
  readonly connection?: string | null;
  /** The file that sets a VPN up with that very interface. */
  readonly setUpIn?: string | null;
}

/** The tunnel by which what goes to that place is sent, if it is one: by its kind, or by its name. */
export function tunnelOf(attempt: FailedAttempt, scene: Scene): Tunnel | null {
  const device = routeOf(attempt, scene)?.device ?? null;
  if (device === null) return null;
  const found = fact(scene.facts, 'device.interfaces')?.find(({ name }) => name === device);
  const product = tunnelProduct(device, found?.kind ?? null);
  if (product === undefined || isRelay(device, scene)) return null;
  const measured = fact(scene.facts, 'device.tunnels')?.find((one) => one.device === device);
  const profile = fact(scene.facts, 'device.vpnProfiles')?.find((one) => one.device === device);
  return {
    device,
    product: product ?? measured?.product ?? profile?.product ?? null,
    interface: found,
    servedBy: measured?.servedBy ?? null,
    connection: measured?.connection?.name ?? null,
    setUpIn: profile?.location ?? null,
  };
}

/** All that a network without root has of the outside: a program that opens connections in its place (slirp4netns, pasta). */
export function isRelay(device: string, { facts }: Pick<Scene, 'facts'>): boolean {
  const others = fact(facts, 'device.interfaces')?.filter(({ kind }) => kind !== 'loopback');
  return fact(facts, 'device.program')?.network != null && others?.length === 1 && others[0]?.name === device;
}

/** A product whose real program was never tried here is marked so. */
export function untriedVpn(product: string | null, fact: Evidence['fact']): Evidence[] {
  return product === null || vpnIsTried(product) ? [] : [{ fact, says: `${product}: ${untriedWords}` }];
}

/** "The VPN Mullvad (wg-mullvad)", "The tunnel tun0". */
export function tunnelWords({ device, product }: Pick<Tunnel, 'device' | 'product'>): string {
  return product === null ? `The VPN tunnel ${device}` : `The VPN ${product} (${device})`;
}

/** Who made it and serves it, as far as that is seen. */
export function whoseTunnel({ device, product, servedBy, connection, setUpIn }: Tunnel): Evidence[] {
  return [
    ...(connection
      ? [{ fact: 'device.tunnels' as const, says: `NetworkManager made ${device} for its connection "${connection}"` }]
      : []),
    ...(servedBy
      ? [{ fact: 'device.tunnels' as const, says: `${servedBy.process} (process ${servedBy.pid}) serves ${device}` }]
      : []),
    ...(setUpIn
      ? [
          {
            fact: 'device.vpnProfiles' as const,
            says: `${setUpIn} sets ${product ?? 'a VPN'} up with the interface ${device}`,
          },
        ]
      : []),
  ];
}

/** Behind "disconnect it", where the command is known. */
export function bySwitchingOff({ connection }: Tunnel): string {
  return connection ? ` (nmcli connection down ${shellWord(connection)})` : '';
}
