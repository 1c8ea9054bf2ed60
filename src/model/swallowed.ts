/** What this device's own counters did while packets were sent to a place that keeps silent, and in as long without. */
export interface SwallowedTry {
  readonly address: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** By it the routes lead there; null where that is not known. */
  readonly device: string | null;
  /** Connections, or questions, of ours in each busy time. */
  readonly each: number;
  readonly pairs: readonly SwallowedPair[];
}

export interface SwallowedPair {
  readonly quiet: Passed;
  readonly busy: Passed;
  /** How many of ours were answered. */
  readonly answered: number;
}

export interface Passed {
  /** Packets that the interface sent, and those that came in by it. */
  readonly sent: number;
  readonly received: number;
  /** Packets that came to IP, by whichever interface. */
  readonly heard: number;
  /** The same without those that it passed on or threw away for a reason with a counter of its own. */
  readonly taken: number;
  /** Of these, handed on to TCP, UDP, ICMP and the like: between the two stand the rules for what comes in. */
  readonly delivered: number;
  /** Bytes in the packets that came to IP. */
  readonly octets: number;
  /** Queues and filters of traffic control that threw packets away. */
  readonly queues: readonly QueueDrops[];
  /** Counters of IPsec that rose. */
  readonly ipsec: readonly { readonly name: string; readonly rise: number }[];
}

export interface QueueDrops {
  readonly device: string;
  /** `tbf`, `netem`, `clsact`, … */
  readonly kind: string;
  readonly handle: string;
  readonly drops: number;
}
