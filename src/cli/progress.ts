import type { FactKey } from '../model/facts.js';

export interface ProgressEvent {
  readonly at: number;
  readonly kind: 'started' | 'measured';
  readonly fact: FactKey;
}

/** What is being done, for somebody who waits. */
const doing: Readonly<Partial<Record<FactKey, string>>> = {
  'name.system': 'looking up the name',
  'name.direct': 'asking the name servers',
  'name.reference': 'asking other name servers',
  'name.series': 'counting how many questions are answered',
  'name.others': 'asking for names that nobody has',
  'name.meant': 'looking for the name that was meant',
  'name.places': 'trying the addresses that others give',
  'name.ahead': 'seeing what stops it at the address that others give',
  connect: 'connecting',
  'connect.elsewhere': 'connecting to the addresses that name servers give',
  'connect.ports': 'trying neighbour ports',
  'connect.series': 'counting how many packets get through',
  'connect.egress': 'seeing whether packets leave this computer',
  'connect.reset': 'seeing who refused',
  'device.swallowed': 'seeing whether this computer itself swallows packets',
  'connect.wire': 'seeing whether what is refused leaves this computer',
  'connect.unrouted': 'seeing whether this computer leads the connection elsewhere',
  'kernel.trace': 'following packets through the firewall',
  'kernel.said': 'following what is said on the connection through the firewall',
  'device.firewall': 'reading the rules of the firewall',
  'device.ruleCounts': 'seeing whether a rule counts our packets',
  tls: 'securing the connection',
  'tls.largeHello': 'trying a hello as large as a browser’s',
  'tls.pace': 'comparing how fast another name is answered',
  'tls.variations': 'trying other handshakes',
  'tls.references': 'comparing with certificates of other servers',
  http: 'asking for the page',
  interference: 'trying other names, and how far they come',
  'http.again': 'asking once more',
  redirects: 'following redirects',
  greeting: 'listening to the service',
  'service.status': 'looking for the status page of the service',
  references: 'seeing whether anything else works',
  path: 'looking for the last router that answers',
};

/** A quick answer needs no progress. */
const quietMs = 300;

export interface Progress {
  onProgress(event: ProgressEvent): void;
  /** Takes the line away. */
  end(): void;
}

/** One line on the terminal that is rewritten while it runs. */
export function progressOn(stream: { write(text: string): unknown; readonly columns?: number }): Progress {
  const open = new Set<FactKey>();
  const start = performance.now();
  let shown = false;
  const show = (): void => {
    const current = [...open].findLast((fact) => doing[fact] !== undefined);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const text = `${current === undefined ? 'thinking' : (doing[current] ?? '')} … ${seconds} s`;
    stream.write(`\r\u001b[K${text.slice(0, Math.max(10, (stream.columns || 80) - 1))}`);
    shown = true;
  };
  let timer: NodeJS.Timeout | undefined = setTimeout(() => {
    show();
    timer = setInterval(show, 200).unref();
  }, quietMs).unref();
  return {
    onProgress: ({ kind, fact }) => {
      if (kind === 'started') open.add(fact);
      else open.delete(fact);
    },
    end: () => {
      clearTimeout(timer);
      timer = undefined;
      if (shown) stream.write('\r\u001b[K');
    },
  };
}
