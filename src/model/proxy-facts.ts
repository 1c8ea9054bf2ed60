import type { AddressProbe, Hostile, HttpTry, TlsTry } from './facts.js';
import type { Failure } from './failure.js';

export type ProxyScheme = 'http' | 'https' | 'socks4' | 'socks4a' | 'socks5' | 'socks5h';

/** A proxy as a setting gives it; user name and password are no facts. */
export interface ProxyServer {
  readonly scheme: ProxyScheme;
  readonly host: string;
  readonly port: number;
  /** Or it is the default, on which programs do not agree. */
  readonly portGiven: boolean;
  /** A user name or password is given with it. */
  readonly authentication: boolean;
}

export interface ProxySetting {
  /** `https_proxy`, `--proxy`, `Acquire::http::Proxy`, … */
  readonly name: string;
  /** `environment`, `command line`, `/etc/environment:3` */
  readonly location: string;
  /** Null when nobody can make a proxy of what is written there. */
  readonly server: ProxyServer | null;
  /** Why not. */
  readonly problem?: string;
  /** A script names it that was found by itself. */
  readonly found?: Finding;
  /** Whose file it stands in, where it is not a variable of this very run. */
  readonly by?: ProxyReader;
}

/**
 * Who reads a place where proxies are set: one program; `sessions` that begin anew, `services` of systemd, `browsers` that
 * follow the desktop, `containers` that the user's Docker starts.
 */
export type ProxyReader =
  | 'curl'
  | 'wget'
  | 'git'
  | 'npm'
  | 'pip'
  | 'apt'
  | 'dnf'
  | 'Docker'
  | 'containers'
  | 'sessions'
  | 'services'
  | 'browsers'
  | 'Firefox'
  | 'Chromium'
  | 'Chrome'
  | 'Edge'
  | 'Brave';

/** Hosts that are reached without a proxy, or all of them (`*`). */
export interface ProxyExemption {
  readonly name: string;
  readonly location: string;
  readonly list: Hostile;
  /** Absent: a variable of this very run. */
  readonly by?: ProxyReader;
}

/** How a script was found that nobody has named (WPAD): DHCP option 252, or the name `wpad`. */
export type Finding = 'DHCP' | 'DNS';

/** A setting by which programs look for a proxy by themselves (WPAD). */
export interface ProxyDetection {
  readonly name: string;
  readonly location: string;
  /** It asks DHCP first; others ask for the name `wpad` alone. */
  readonly dhcp: boolean;
}

/** What the user's desktop sets for browsers. */
export interface DesktopProxy {
  readonly settings: readonly ProxySetting[];
  /** Hosts that browsers reach without it, and which setting says so. */
  readonly without?: { readonly name: string; readonly location: string; readonly list: Hostile };
  /** A script chooses, in place of the settings. */
  readonly script?: ProxyScript;
  /** Such a script is looked for, in place of the settings. */
  readonly detect?: ProxyDetection;
  /** Scripts that DHCP has announced; looked at only where one is looked for. */
  readonly announced?: readonly ProxyScript[];
}

/** Which proxy curl would take for the target, and in a desktop session browsers; a setting of null: none. */
export interface ProxyChoice {
  readonly setting: ProxySetting | null;
  /** A script chose, or could not. */
  readonly script?: PacOutcome;
  /** Proxies of the script's answer that took no connection: browsers went on to the next. */
  readonly passedOver?: readonly ProxySetting[];
  /** What takes the target out of the proxy that is set. */
  readonly exempt?: { readonly name: string; readonly location: string; readonly entry: Hostile };
}

/** A proxy was asked for a connection to the target. */
export interface ProxyTunnel {
  /** The proxy's own address and port. */
  readonly address: string;
  readonly port: number;
  /** `shop.example:443`, or an address where this device has to find it (socks4, socks5). */
  readonly to: string;
  readonly ms: number;
  readonly failure?: Failure<'proxy'>;
  /** Of an HTTP proxy: its answer. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, Hostile>>;
  readonly bodyHead?: Hostile;
  /** Of a SOCKS proxy: the code of its reply. */
  readonly reply?: number;
}

/** The way to and through a proxy, each step on the one before. */
/** Of its name, or the address that it is written as. */
export interface ProxyAddresses {
  readonly addresses: readonly string[];
  readonly nameFailure?: Failure<'resolve'>;
}

export interface ProxyWay extends ProxyAddresses {
  readonly setting: ProxySetting;
  readonly connect: readonly AddressProbe[];
  /** TLS with the proxy itself (`https://`). */
  readonly tls?: TlsTry;
  readonly tunnels: readonly ProxyTunnel[];
  /** Plain HTTP is handed to the proxy as a request: there is no tunnel. */
  readonly forwards: boolean;
}

/** The target, tried to the end through another proxy, or with another scheme of the same proxy. */
export interface ProxyTrial {
  readonly way: ProxyWay;
  readonly tls?: TlsTry;
  readonly http?: HttpTry;
}

/** The target, tried to the end without the proxy. */
export interface DirectWay {
  readonly addresses: readonly string[];
  readonly nameFailure?: Failure<'resolve'>;
  readonly connect: readonly AddressProbe[];
  readonly tls?: TlsTry;
  readonly http?: HttpTry;
}

/** Proxies that are set on this device, wherever that is. */
export interface ProxySettings {
  readonly settings: readonly ProxySetting[];
  /** Scripts that choose a proxy (PAC). */
  readonly scripts: readonly ProxyScript[];
  /** What takes hosts out of a proxy; a program that is told to use none has `*`. */
  readonly exempts?: readonly ProxyExemption[];
  /** Settings by which such a script is looked for. */
  readonly detects?: readonly ProxyDetection[];
  /** Scripts that DHCP has announced; looked at only where one is looked for. */
  readonly announced?: readonly ProxyScript[];
}

export interface ProxyScript {
  /** Without what may be secret in it. */
  readonly url: Hostile;
  /** `GNOME settings`, `/etc/dconf/db/local.d/proxy:3` */
  readonly location: string;
  /** Nobody has named it: it was found by itself. */
  readonly found?: Finding;
}

/** What a PAC script says for the target. */
export interface PacOutcome extends ProxyScript {
  /** `PROXY a:8080; DIRECT`, as the script gave it. */
  readonly answer?: Hostile;
  /** The proxies of the answer in their order. */
  readonly settings?: readonly ProxySetting[];
  /** DIRECT is among them. */
  readonly direct?: boolean;
  /** `load`: it was not to be had; `run`: it could not be run here; `time`: it gave no answer in time; `engine`: none is installed. */
  readonly failure?: { readonly at: 'load' | 'run' | 'time' | 'engine'; readonly why: Hostile };
}
