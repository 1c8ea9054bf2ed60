/**
 * Networks from which parked names are served: names that nobody uses, with advertising or an offer of sale. Source: the
 * prefixes that these companies announce, as the routing registries (RIPE, ARIN, APNIC) list them by their names.
 */
export const parkingNetworks: readonly { readonly prefix: string; readonly by: string }[] = [
  { prefix: '91.195.240.0/23', by: 'Sedo' },
  { prefix: '185.53.176.0/22', by: 'ParkingCrew' },
  { prefix: '199.59.240.0/22', by: 'Bodis' },
  { prefix: '103.224.182.0/23', by: 'Above.com' },
  { prefix: '103.224.212.0/23', by: 'Above.com' },
];
