// What a machine of the lab serves: plain JSON, handed to one serving process per namespace.

/** Where a service listens: all addresses of both families unless said otherwise. */
export interface Listening {
  port: number;
  /** "0.0.0.0", "::" (IPv6 only), "127.0.0.1", an address of the machine; both wildcards when left out. */
  addresses?: readonly string[];
  /** The first connections, counted over all addresses, are reset at once; from then on the service works. */
  resetFirst?: number;
}

/** A raw HTTP answer: nothing is made well-formed on the way. */
export interface Answer {
  /** Whole status line after "HTTP/1.1 ", for example "503 Service Unavailable". */
  status: string;
  /** `{date}` in one is the time of the answer, `{date+86400}` that many seconds later. */
  headers?: readonly string[];
  body?: string;
  delayMs?: number;
  /** One byte after the other with this pause between. */
  dripMs?: number;
  /** Goes on for ever, or until the client has gone. */
  endless?: 'headers' | 'body';
  /** Closes after the head was read, with no answer at all. */
  hangUp?: 'fin' | 'rst';
  /** The connection ends after so many bytes of the body, of which more were announced: by length, or in chunks. */
  cut?: { after: number; how: 'fin' | 'rst'; chunks?: true };
  /** The opening handshake of a WebSocket, where the request asks for one (RFC 6455 4.2.2). */
  webSocket?: true;
  /** Reads the request and never answers. */
  silent?: true;
}

export interface Routes {
  /** By path; "*" is the default. */
  [path: string]: Answer;
}

/** Certificates the lab can make; each breaks at most one thing. */
export type CertificateKind =
  | 'good'
  | 'expired'
  | 'not-yet-valid'
  | 'short-lived'
  | 'other-name'
  | 'self-signed'
  | 'unknown-root'
  | 'incomplete'
  | 'revoked'
  | 'escape-sequences';

export interface TlsSettings {
  certificate: CertificateKind;
  /** The authority's name, where it is not one of the lab's usual ones; of `unknown-root` one that nobody trusts. */
  issuer?: string;
  /** Names in the certificate; *.example.com and example.com when left out. */
  names?: readonly string[];
  minVersion?: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
  maxVersion?: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
  alpn?: readonly string[];
  /** Ends the handshake unless the client shows a certificate of the lab's CA. */
  clientCertificate?: 'demanded' | 'asked';
  /** Staples an OCSP answer. */
  staple?: true;
}

export interface HttpService extends Listening {
  kind: 'http';
  routes: Routes;
}

export interface HttpsService extends Listening {
  kind: 'https';
  tls: TlsSettings;
  routes: Routes;
}

/** Says a text when a client comes, and then answers each line by the next of `replies`. */
export interface GreetingService extends Listening {
  kind: 'greeting';
  text: string;
  replies?: readonly string[];
  /** It sends back whatever it is told. */
  echoes?: true;
  /** It greets only so long after the connection was accepted. */
  delayMs?: number;
}

/** Accepts, and closes: at once, or after the client's first bytes. */
export interface ClosingService extends Listening {
  kind: 'closes';
  how: 'fin' | 'rst';
  after: 'accept' | 'first-bytes';
  /** Sent before it closes, as base64 (a TLS alert, for example). */
  bytes?: string;
}

/** Accepts and says nothing; with `flood`, sends bytes without end. */
export interface SilentService extends Listening {
  kind: 'silent';
  flood?: true;
}

/** A proxy: HTTP (CONNECT, and requests with a whole URL) or SOCKS 5. It looks names up with a resolver of the lab. */
export interface ProxyService extends Listening {
  kind: 'proxy';
  speaks: 'http' | 'socks5';
  /** The resolver it asks. */
  resolver: string;
  /** Others get 407, or no method of SOCKS. */
  login?: { readonly user: string; readonly password: string };
  /** Hosts that its policy forbids: 403, or reply 2. */
  forbids?: readonly string[];
  /** It says so by a page where the connection should come, as no proxy should (RFC 9110 9.3.6). */
  forbidsByPage?: true;
  /** Takes the connection, reads, and never answers. */
  silent?: true;
  /** It answers to each request only after so long. */
  delayMs?: number;
  /** Takes the connection and hangs up when it is asked for something. */
  hangsUp?: true;
}

/** Passes connections on to another place, byte by byte, as port forwarders and proxy clients do. */
export interface RelayService extends Listening {
  kind: 'relay';
  to: { address: string; port: number };
  /** Where the client's first bytes hold that text: goes there instead, as a proxy does by the name. */
  byText?: Readonly<Record<string, { address: string; port: number }>>;
  /** What it does where the client's first bytes hold that text: answers itself, or hangs up (an answer with `hangUp`). */
  stops?: { holding: string; answer: Answer };
}

/** What a name holds. Names that the zone does not have get NXDOMAIN, or what `*.DOMAIN` holds. */
export interface Records {
  A?: readonly string[];
  AAAA?: readonly string[];
  CNAME?: string;
  TXT?: readonly string[];
  PTR?: string;
  /** Servers of the zone that begins at this name. */
  NS?: readonly string[];
  behaviour?: DnsBehaviour;
}

export interface DnsBehaviour {
  /** 0 NOERROR, 2 SERVFAIL, 3 NXDOMAIN, 5 REFUSED (RFC 6895). */
  rcode?: number;
  /** Extended DNS error (RFC 8914): code and text. */
  extendedError?: readonly [number, string];
  /** A "no" comes without the zone that says so (RFC 2308). */
  withoutZone?: true;
  delayMs?: number;
  /** Over UDP this comes first, and the answer itself so much later: as if somebody on the way had been faster. */
  before?: { A?: readonly string[]; rcode?: number; thenMs: number };
  /** So many questions for its IPv4 address got this one; by now it has moved. */
  formerly?: { A: readonly string[]; questions: number };
  silent?: true;
  /** UDP answers are cut (TC bit): TCP has the whole one. */
  truncate?: true;
  /** The answer's question section holds this name instead. */
  answersForName?: string;
  /** The answer's owner name is a compression pointer to itself. */
  compressionLoop?: true;
  /** This many records in the answer, as far as 64 KiB hold them. */
  records?: number;
  /** The answer is these bytes after the query's id, as base64. */
  garbage?: string;
}

export type Zone = Record<string, Records>;

export interface DnsService extends Listening {
  kind: 'dns';
  zone: Zone;
  /** What questions with EDNS get: this code, as from a server of before RFC 6891, or its own words. */
  ednsRcode?: number;
  /** Of questions over UDP only each other one is answered, or from the so-manieth on. */
  loses?: { readonly first?: number; readonly everyOther?: true };
  /** So many questions first of all get SERVFAIL. */
  failsFirst?: number;
  /** Applies to every name that has none of its own. */
  behaviour?: DnsBehaviour;
  /** TCP is served too unless this is set. */
  udpOnly?: true;
  /** Over TLS (RFC 7858), on port 853. */
  tls?: TlsSettings;
  /** Over HTTPS too (RFC 8484), on port 443, with the same certificate. */
  overHttps?: true;
  /** It is the server of these zones, and of nothing else: names below one of their delegations are referred. */
  authorityFor?: readonly string[];
  /** Version of its zones. */
  serial?: number;
  /** Seconds for which answers may be kept; 300 when left out. */
  ttl?: number;
}

/** Answers questions for the versions of QUIC (RFC 9000, 6.1), and nothing else. */
export interface QuicService extends Listening {
  kind: 'quic';
}

/** A router that tells of itself: NAT-PMP and PCP on UDP 5351, SSDP on UDP 1900, UPnP by HTTP on `port`. */
export interface IgdService extends Listening {
  kind: 'igd';
  outside: string;
  /** `tcp 8080 192.168.7.40 8080`; none are listed when left out. */
  mappings?: readonly string[];
  /** Answers NAT-PMP alone. */
  natPmpOnly?: true;
  /** Speaks PCP too (RFC 6887). */
  pcp?: true;
  /** What it says of its connection: `Disconnected ERROR_NO_CARRIER`; connected when left out. */
  state?: string;
  /** Its firewall for IPv6, and whether programs may open ports in it; it has no such service when left out. */
  ipv6Firewall?: 'off' | 'on' | 'on-without-pinholes';
  /** Its connection is switched off for the internet. */
  disabled?: true;
}

export type Service =
  | IgdService
  | QuicService
  | HttpService
  | HttpsService
  | GreetingService
  | ClosingService
  | SilentService
  | ProxyService
  | DnsService
  | RelayService;

export type Services = readonly Service[];

/** A certificate as files, made before the serving process starts. */
export interface MadeCertificate {
  key: string;
  /** The chain as it is sent: leaf first. */
  chain: string;
  /** Authority whose client certificates are accepted. */
  clientAuthority: string;
  /** Stapled OCSP answer. */
  ocsp?: string;
}

/** What the serving process reads from standard input, as one line of JSON. */
export interface ServeRequest {
  services: { service: Service; certificate?: MadeCertificate }[];
}
