/**
 * Public name servers that refuse names of harmful sites, as whoever runs them says: quad9.net/service/service-addresses-and-features,
 * developers.cloudflare.com/1.1.1.1/setup, cleanbrowsing.org/filters, adguard-dns.io. None could be tried here.
 */
export const filteringResolvers: ReadonlyMap<string, string> = new Map([
  ...['9.9.9.9', '149.112.112.112', '9.9.9.11', '2620:fe::fe', '2620:fe::9'].map((one) => [one, 'Quad9'] as const),
  ...['1.1.1.2', '1.0.0.2', '1.1.1.3', '1.0.0.3', '2606:4700:4700::1112', '2606:4700:4700::1113'].map(
    (one) => [one, 'Cloudflare for families'] as const,
  ),
  ...['185.228.168.9', '185.228.168.168', '185.228.168.10'].map((one) => [one, 'CleanBrowsing'] as const),
  ...['94.140.14.14', '94.140.15.15', '94.140.14.15'].map((one) => [one, 'AdGuard'] as const),
]);
