/**
 * Pages by which filters say no. By where a redirect or a frame leads, by words of the page, or by who signs as server:
 * only what the filter's maker or the authority puts there itself, so that no site has it by chance. Source: the makers'
 * manuals on block and replacement messages, and the authorities' own addresses. A page proves nothing alone of where it
 * was written: anybody can copy it.
 */
export interface BlockPage {
  readonly owner: string;
  readonly kind: 'gateway' | 'provider' | 'state' | 'resolver';
  /** Host to which the answer redirects, or from which the page takes a frame, a picture or a link. */
  readonly host?: RegExp;
  readonly words?: RegExp;
  readonly server?: RegExp;
}

export const blockPages: readonly BlockPage[] = [
  // Gateways of companies and schools.
  {
    owner: 'Fortinet FortiGuard',
    kind: 'gateway',
    words: /FortiGuard (?:Web Filtering|Intrusion Prevention)|FortiGate Application Control|Powered By Fortinet/i,
  },
  {
    owner: 'Palo Alto Networks',
    kind: 'gateway',
    words:
      /<h1>Web Page Blocked<\/h1>|Access to the (?:web page|application) you were trying to (?:visit|use) has been blocked in accordance with/i,
  },
  { owner: 'Barracuda', kind: 'gateway', words: /<th>Barracuda NextGen Firewall:/i, server: /^Barracuda\/NGFirewall/i },
  { owner: 'SonicWall', kind: 'gateway', host: /^cfssupport\.sonicwall\.com$/, words: /SonicWALL - Web Site Blocked/i },
  { owner: 'WatchGuard', kind: 'gateway', words: /(?:Request|Response) denied by WatchGuard HTTP Proxy/i },
  { owner: 'Juniper', kind: 'gateway', words: /Juniper Web Filtering/i },
  { owner: 'McAfee Web Gateway', kind: 'gateway', words: /McAfee Web Gateway - Notification - Blocked by/i },
  {
    owner: 'Symantec Blue Coat',
    kind: 'gateway',
    host: /(?:^|\.)(?:cfauth|notify)\.bluecoat\.com$/,
    words: /Blue ?Coat [^<]{0,60}(?:denied|blocked)/i,
  },
  {
    owner: 'Forcepoint Websense',
    kind: 'gateway',
    words: /\/cgi-bin\/blockpage\.cgi\?ws-session|<title>Websense [^<]{0,60}block/i,
  },
  {
    owner: 'Zscaler',
    kind: 'gateway',
    host: /(?:^|\.)gateway\.zscaler(?:one|two|three|gov)?\.(?:net|com)$/,
    words: /Zscaler [^<]{0,40}(?:has blocked|policy)|<title>Internet Security by Zscaler/i,
  },
  { owner: 'NetentSec', kind: 'gateway', words: /NetentSec Content Filter - Access Denied/i },
  {
    owner: 'Kerio Control',
    kind: 'gateway',
    words: /Kerio Control [^<]{0,80}(?:denied|blocked)|прокси-сервером Kerio Control/i,
  },
  {
    owner: 'Sophos',
    kind: 'gateway',
    words: /<title>Sophos [^<]{0,60}(?:blocked|warning)|This website is blocked [^<]{0,80}Sophos/i,
  },
  { owner: 'Check Point', kind: 'gateway', words: /\/UserCheck\/(?:PortalMain|Block)/i },
  { owner: 'Netsweeper', kind: 'gateway', words: /\/webadmin\/deny\/(?:index\.php)?\?/i },
  { owner: 'Lightspeed Systems', kind: 'gateway', host: /^block(?:ed)?\.lightspeedsystems\.(?:app|com)$/ },
  { owner: 'Securly', kind: 'gateway', host: /(?:^|\.)securly\.com$/, words: /securly\.com\/blocked\?/i },
  { owner: 'iboss', kind: 'gateway', host: /(?:^|\.)ibosscloud\.com$/, words: /\/ibreports\/blockpage/i },
  // Resolvers that lead blocked names to a page of theirs.
  {
    owner: 'Cisco Umbrella (OpenDNS)',
    kind: 'resolver',
    host: /^(?:block|malware|phish|hit-adult|hit-block|hit-phish|bpb)\.opendns\.com$/,
  },
  { owner: 'Akamai', kind: 'resolver', host: /^error\.etp\.akamai\.com$/ },
  {
    owner: 'CleanBrowsing',
    kind: 'resolver',
    host: /^(?:www\.)?cleanbrowsing\.org$/,
    words: /blocked by CleanBrowsing/i,
  },
  // What states require.
  { owner: 'Korea Communications Standards Commission', kind: 'state', host: /^(?:www\.)?warning\.or\.kr$/ },
  {
    owner: 'Roskomnadzor',
    kind: 'state',
    host: /^(?:blocklist|eais|vigruzki)\.rkn\.gov\.ru$/,
    words: /(?:blocklist|eais)\.rkn\.gov\.ru/i,
  },
  {
    owner: 'Iran',
    kind: 'state',
    host: /^10\.10\.34\.3[3-6]$/,
    words: /<iframe[^>]{0,60}src="?http:\/\/10\.10\.34\.3[3-6]/i,
  },
  {
    owner: 'Indonesia (Trust Positif)',
    kind: 'state',
    host: /^trustpositif\.(?:kominfo|komdigi)\.go\.id$|^(?:mercusuar|internetbaik)\.[a-z.]{3,20}$/,
    words: /trustpositif\.(?:kominfo|komdigi)\.go\.id/i,
  },
  { owner: 'Thailand (MDES)', kind: 'state', host: /^illegal\.mdes\.go\.th$/, words: /illegal\.mdes\.go\.th/i },
  {
    owner: 'Saudi Arabia',
    kind: 'state',
    words: /should not be blocked please[^<]{0,40}<[^>]{0,80}internet\.gov\.sa/i,
    host: /^(?:www\.)?internet\.gov\.sa$/,
  },
  {
    owner: 'India (Department of Telecommunications)',
    kind: 'state',
    words:
      /blocked as per (?:the )?(?:instructions|directions?|guidelines) (?:of|from) (?:the )?(?:Department of Telecom|competent)|prohibited as per instructions from Authority|<iframe[^>]{0,60}src="?https?:\/\/www\.airtel\.in\/dot/i,
  },
  { owner: 'Pakistan (PTA)', kind: 'state', words: /prohibited for viewership from within Pakistan/i },
  {
    owner: 'Turkey (BTK)',
    kind: 'state',
    words: /policyName=BTK_FILTER|Bilgi Teknolojileri ve İletişim Kurumu[^<]{0,200}erişim[^<]{0,80}engellen/i,
  },
  { owner: 'Colombia (Coljuegos)', kind: 'state', words: /www\.coljuegos\.gov\.co\/publicaciones/i },
  { owner: 'Lebanon', kind: 'state', words: /blocked based on a court order from the Lebanese judicial/i },
  {
    owner: 'United Kingdom',
    kind: 'provider',
    host: /^(?:www\.)?(?:ukispcourtorders|internetwatchfoundation|assets\.virginmedia)\.(?:co\.uk|com)$/,
    words: /ukispcourtorders\.co\.uk/i,
  },
];

const mostLinks = 30;

/** What is known of an answer that was not encrypted. */
export interface SeenPage {
  readonly location?: string | undefined;
  readonly body?: string | undefined;
  readonly server?: string | undefined;
}

/** The filter whose page that is, as far as the page says. Not when the asked host is the filter's own site. */
export function blockPageIn({ location, body = '', server = '' }: SeenPage, asked: string): BlockPage | undefined {
  const hosts = [location, ...framed(body)].flatMap((url) => hostOf(url)).filter((host) => host !== asked);
  return blockPages.find(
    (page) =>
      hosts.some((host) => page.host?.test(host) === true) ||
      (page.words?.test(body) ?? false) ||
      (page.server?.test(server) ?? false),
  );
}

/** Where frames, refreshes and scripts of the page lead by themselves: what a reader would see, not what it merely links to. */
function framed(body: string): string[] {
  const found = body.matchAll(
    /(?:<i?frame[^>]{0,200}\bsrc\s*=|\burl=|(?:document|window|top)\.location(?:\.href)?\s*=)\s*["']?(https?:\/\/[^\s"'<>]{1,300})/gi,
  );
  return [...found].slice(0, mostLinks).flatMap(([, url]) => url ?? []);
}

function hostOf(url: string | undefined): string[] {
  return url !== undefined && URL.canParse(url) ? [new URL(url).hostname] : [];
}
