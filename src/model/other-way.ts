import type { ConnectTry } from './facts.js';

/** The same connection bound to another interface of this device: only the way differs. */
export interface OtherWayTry {
  readonly address: string;
  readonly port: number;
  /** By which interface the kernel sends what goes there, and by which this one went. */
  readonly usual: string;
  readonly device: string;
  readonly result: ConnectTry;
}
