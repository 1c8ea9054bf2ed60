/**
 * Products that put themselves into TLS connections with certificates of their own, by the issuer that these bear.
 * Source: the names that the products show in a browser's certificate window and that their makers' help pages tell
 * administrators to look for or to distribute. A name proves nothing alone: anybody can call himself that.
 */
export interface Interceptor {
  readonly product: string;
  /** Whether the name was seen in certificates of the real product; the output marks all others. */
  readonly tried: boolean;
  /**
   * `security` runs on the device itself (antivirus, parental control), `gateway` stands in a network, `debugging` is
   * started by somebody who wants to look into connections, `state` is a country's.
   */
  readonly kind: 'security' | 'gateway' | 'debugging' | 'state';
  /** Of the issuer's common name. */
  readonly name?: RegExp;
  /** Of the issuer's organization. */
  readonly organization?: RegExp;
}

type Row = Omit<Interceptor, 'tried'> & { readonly tried?: true };

const rows: readonly Row[] = [
  {
    product: 'Avast',
    kind: 'security',
    name: /^avast!? Web\/Mail Shield/i,
    organization: /^avast!? Web\/Mail Shield/i,
  },
  { product: 'AVG', kind: 'security', name: /^AVG Web\/Mail Shield/i },
  { product: 'Norton', kind: 'security', name: /^Norton Web\/Mail Shield/i },
  { product: 'Avira', kind: 'security', name: /^Avira Web\/Mail Shield/i },
  { product: 'Bitdefender', kind: 'security', name: /^Bitdefender Personal CA/i },
  { product: 'ESET', kind: 'security', name: /^ESET SSL Filter CA/i },
  {
    product: 'Kaspersky',
    kind: 'security',
    name: /^Kaspersky (?:Anti-Virus|Endpoint Security|Lab).* (?:Personal )?Root/i,
  },
  { product: 'BullGuard', kind: 'security', name: /^BullGuard SSL Proxy CA/i },
  { product: 'Dr.Web', kind: 'security', name: /^Dr\.?Web .*(?:CA|Root)/i },
  { product: 'AdGuard', kind: 'security', name: /^AdGuard Personal CA/i },
  { product: 'Qustodio', kind: 'security', name: /^Qustodio CA/i },
  { product: 'Net Nanny', kind: 'security', name: /^(?:ContentWatch|Net Nanny) /i },
  { product: 'Superfish', kind: 'security', name: /^Superfish, Inc\./i },

  {
    product: 'FortiGate',
    kind: 'gateway',
    name: /^Forti(?:Gate CA|net_CA_(?:SSL|Untrusted))/i,
    organization: /^Fortinet\b/i,
  },
  { product: 'Zscaler', kind: 'gateway', name: /^Zscaler (?:Root|Intermediate) /i, organization: /^Zscaler Inc/i },
  { product: 'Cisco Umbrella', kind: 'gateway', name: /^Cisco Umbrella (?:Root|Primary|Secondary)/i },
  { product: 'Netskope', kind: 'gateway', name: /\.goskope\.com$/i, organization: /^Netskope\b/i },
  { product: 'Cloudflare Gateway', kind: 'gateway', name: /^Gateway CA - Cloudflare Managed/i },
  { product: 'Forcepoint', kind: 'gateway', name: /^(?:Forcepoint Cloud|Websense Public Primary) CA/i },
  { product: 'McAfee Web Gateway', kind: 'gateway', name: /^(?:McAfee|Skyhigh) (?:Secure )?Web Gateway/i },
  { product: 'Sophos', kind: 'gateway', name: /^Sophos/i, organization: /^Sophos/i },
  { product: 'Trend Micro', kind: 'gateway', name: /^(?:IWSS|IWSVA|InterScan)/i, organization: /^Trend Micro/i },
  { product: 'Cyberoam', kind: 'gateway', name: /^Cyberoam SSL CA/i, organization: /^Cyberoam Certificate Authority/i },
  { product: 'WatchGuard', kind: 'gateway', name: /^Fireware HTTPS Proxy/i, organization: /^WatchGuard_Technologies/i },
  {
    product: 'SonicWall',
    kind: 'gateway',
    name: /^SonicWall Firewall DPI-SSL/i,
    organization: /^HTTPS Management Certificate for SonicWALL/i,
  },
  { product: 'Smoothwall', kind: 'gateway', name: /^Smoothwall-default-root-certificate-authority/i },
  {
    product: 'ContentKeeper',
    kind: 'gateway',
    name: /^ContentKeeper Appliance CA/i,
    organization: /^ContentKeeper Technologies/i,
  },
  { product: 'Lightspeed', kind: 'gateway', name: /^Lightspeed Rocket/i },
  { product: 'Securly', kind: 'gateway', name: /\.securly\.com$/i, organization: /^Securly\b/i },
  { product: 'NetSpark', kind: 'gateway', name: /^www\.netspark\.com$/i, organization: /^NetSpark\b/i },
  { product: 'Untangle', kind: 'gateway', name: /^www\.untangle\.com$/i, organization: /^Untangle\b/i },
  { product: 'iboss', kind: 'gateway', name: /\biboss\b/i },
  { product: 'Blue Coat', kind: 'gateway', name: /\bBlue ?Coat\b/i, organization: /^Blue ?Coat\b/i },

  { product: 'mitmproxy', tried: true, kind: 'debugging', name: /^mitmproxy$/, organization: /^mitmproxy$/ },
  { product: 'Charles', kind: 'debugging', name: /^Charles Proxy CA/i },
  { product: 'Fiddler', kind: 'debugging', name: /^DO_NOT_TRUST_FiddlerRoot/i },
  { product: 'Burp Suite', kind: 'debugging', name: /^PortSwigger CA/i, organization: /^PortSwigger$/i },
  { product: 'OWASP ZAP', kind: 'debugging', name: /^(?:OWASP )?(?:Zed Attack Proxy|ZAP) Root CA/i },
  { product: 'Proxyman', kind: 'debugging', name: /^Proxyman CA/i },
  { product: 'HTTP Toolkit', kind: 'debugging', name: /^HTTP Toolkit CA/i },

  { product: 'Qaznet', kind: 'state', name: /^Qaznet Trust Network|^Information Security Certification Authority/i },
];

export const interceptors: readonly Interceptor[] = rows.map((row) => ({ ...row, tried: row.tried === true }));
