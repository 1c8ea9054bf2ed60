import type { Hostile } from './facts.js';
import type { Failure } from './failure.js';

/** The address of a portal's API, as the network itself hands it out (RFC 8910: DHCP option 114, router advertisements). */
export interface AnnouncedPortal {
  readonly url: Hostile;
  /** The interface that it is about. */
  readonly device: string;
  /** `/var/lib/dhcp/dhclient.eth0.leases`, or the program that told. */
  readonly location: string;
}

/** What a portal's API says of this device (RFC 8908). */
export interface PortalWord {
  /** This device has yet to do something on the portal's page. */
  readonly captive: boolean;
  /** The page for people. */
  readonly page?: Hostile;
  readonly venue?: Hostile;
  readonly secondsLeft?: number;
}

export interface PortalApiFact extends AnnouncedPortal {
  readonly address: string | null;
  readonly says?: PortalWord;
  /** Why it says nothing: how the connection failed, or words. */
  readonly failure?: Failure;
  readonly why?: string;
}
