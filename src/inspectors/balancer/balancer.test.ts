import { describe, expect, it } from 'vitest';
import { virtualServices } from './balancer.js';

/** Written as ip_vs_info_seq_show writes it: this kernel has no IPVS. */
const table = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port Forward Weight ActiveConn InActConn
TCP  C6336460:0050 rr persistent 10800 FFFFFFFF
  -> 0AF40002:1F90      Masq    1      0          0
  -> 0AF40003:1F90      Masq    0      2          1
TCP  C6336461:0050 rr 
UDP  C6336460:0035 rr 
  -> 0AF40002:0035      Masq    1      0          0
TCP  [2001:0db8:0000:0000:0000:0000:0000:0096]:0050 wrr
  -> [2001:0db8:0000:0000:0000:0000:0000:0002]:1F90      Masq    3      0          0
FWM  00000128 rr
  -> AC320015:0000      Masq    1      0          0
`;

describe('the table of IPVS (built from documentation: not run)', () => {
  it('is read for one port, each service with its servers', () => {
    const four = { protocol: 'tcp', port: 80, scheduler: 'rr' };
    expect(virtualServices(table, 80)).toEqual([
      {
        ...four,
        address: '198.51.100.96',
        servers: [
          { address: '10.244.0.2', port: 8080, weight: 1 },
          { address: '10.244.0.3', port: 8080, weight: 0 },
        ],
      },
      { ...four, address: '198.51.100.97', servers: [] },
      {
        ...four,
        scheduler: 'wrr',
        address: '2001:db8::96',
        servers: [{ address: '2001:db8::2', port: 8080, weight: 3 }],
      },
    ]);
  });

  it('has nothing for other ports, and gives servers of a service that is left out to no other', () => {
    expect(virtualServices(table, 443)).toEqual([]);
    expect(virtualServices(table, 53)).toMatchObject([{ protocol: 'udp', servers: [{ address: '10.244.0.2' }] }]);
    expect(virtualServices('', 80)).toEqual([]);
    expect(virtualServices('\u0000-> :\nTCP  [::::]:00ZZ x\n', 0)).toEqual([]);
  });
});

describe('IPVS in the lab', () => {
  it.skip('runs as kube-proxy in its mode ipvs uses it: the kernel that this is tested on has no module ip_vs', () =>
    undefined);
});
