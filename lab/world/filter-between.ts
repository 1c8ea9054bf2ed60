// A provider that leads plain connections through a program of its own, of which nobody was told.
import { nft, type Step } from './steps.js';
import { ADDRESS } from './topology.js';

/** What goes to that port of the server comes to this port of the provider, that of the reference to the next one. */
export function leadsThroughFilter(port: number, own: number): Step {
  return nft(
    'provider',
    `table ip proxy { chain pre { type nat hook prerouting priority dstnat; policy accept;
        iifname "access" ip daddr ${ADDRESS.server} tcp dport ${port} redirect to :${own}
        iifname "access" ip daddr ${ADDRESS.reference} tcp dport ${port} redirect to :${own + 1}
      }
      }\n`,
  );
}
