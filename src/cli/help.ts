const whole = `Who or what blocked this connection, how sure is that, and what can be done?

  whoblocked https://shop.example/         a web page that does not open
  whoblocked shop.example                  the same
  whoblocked shop.example:5432             any TCP port
  whoblocked [2001:db8::7]:22              an IPv6 address and a port
  whoblocked postgres://db.example/app     a connection string; user and password are never used
  whoblocked unix:/run/app.sock            a socket of this computer
  sudo whoblocked https://shop.example/    the same, and which firewall rule it is

  whoblocked https://shop.example/ --json > report.json
  whoblocked replay report.json            judges saved facts again, without any network
  whoblocked report --for isp https://shop.example/
                                           a message to copy, with what was measured and ruled out;
                                           it is sent to nobody (isp, admin or vendor; --from report.json
                                           for a saved look)
  whoblocked compare https://shop.example/ looks through every network of this computer and says what
                                           differs: the device, the network or the server
                                           (--interface NAME for some of them, --with report.json
                                           for a saved look, --guided to switch networks between)
  whoblocked run -- COMMAND…               runs it, and diagnoses each connection of it that fails
  whoblocked --app PROGRAM [TARGET]        as that program: a process id, a systemd unit, a path;
                                           without a target: what it waits for now, or whether it can start
  sudo whoblocked --from web db:5432       from a container (Docker, Podman), with its network and files
  whoblocked explain "connection refused"  what an error message means, and what it does not
  whoblocked inbound 8080 --from 203.0.113.9
                                           why others do not reach a port of this computer (--proto udp)
  whoblocked fix https://shop.example/     shows a plan, asks, changes, measures again, keeps or takes back
  whoblocked fix inbound 8080 --from 203.0.113.9   the same, to open one port of this computer for one address
                                           (only what needs root runs as root, by sudo or pkexec)
  whoblocked fix --app PROGRAM https://shop.example/   the same for one program alone
  whoblocked undo, whoblocked changes      takes a change back; what was changed, and what would come back
  sudo whoblocked pause firewall https://shop.example/ --for 30s -- COMMAND
                                           tries it with this target let past, and nothing and nobody else;
                                           what that shows is proof (also pause vpn, antivirus, proxy)
  sudo whoblocked reset firewall           back to what the distribution brings; undo puts all rules back
  sudo whoblocked rules shop.example:443   the way through this computer's firewall, rule by rule
                                           (--proto udp)
  whoblocked rules --ruleset FILE --packets FILE
                                           which rule of a saved firewall decides: a line of JSON a packet
  whoblocked quarantine list               what virus scanners have moved away
                                           (also inspect ID, scan ID, restore ID)

Options
  --verbose, -v      also what else it could be, what is ruled out, and all that was measured
  --json             one report as JSON on stdout, nothing else there
  --html FILE        also one page to look at or to send, readable without anything else
  --redact           names, addresses and users replaced by stand-ins
  --timeout SECONDS  for the whole diagnosis (15)
  --no-references    contact only the target, this computer's own resolvers and its router
  --no-trace         as root: do not follow the packets through the kernel
  --thorough         also wait for what only silence can show, and try TLS with a first
                     message as large as a browser's
  --browser          also open the page in a browser: with a copy of your profile, in a new
                     one, and without one extension at a time
  -4, -6             only IPv4, only IPv6
  --interface NAME   go out through this network interface
  --as USER          as root: probe as that user (under sudo: as the one who called it)
  --proxy URL, --no-proxy
  --config FILE      settings as JSON
  --help, --version

With report
  --names            with real names and addresses, which whoever gets it often needs to find the fault
With fix
  --dry-run          only show the plan
  --yes, -y          do not ask (needed where there is no terminal)
  --only NAME        this remedy and no other
  --until WHEN       it ends by itself: 2h, friday, 18:30, 2026-12-24
  --keep-for TIME    taken back by itself when not confirmed within that time (60s)
  --allow-wider      also a change that lets more through than this target
  --i-accept-the-risk  also where the block looks right
With pause
  --for TIME         5s to 10m (30s); it ends by itself then, whatever happens to this program
  --whole            pause firewall, antivirus: not only for this target, all of it is off for that time
                     (a web shield lets single connections past; a scanner that watches files cannot, and
                     is only paused whole)
With quarantine scan, quarantine restore
  --yara PATH        also by these YARA rules, a file or a folder (npm package @virustotal/yara-x);
                     with a key of your own VirusTotal is asked for the hash too: in the environment
                     variable WHOBLOCKED_VIRUSTOTAL_KEY, or see README
With undo
  ID, --all          one change (the newest), or all
  --anyway           somebody else changed it meanwhile: take out only what whoblocked added
  --i-accept-the-risk  in a remote session, also what could cut it off, without a key press to keep it

Exit: 0 it works; 1 it fails and the cause is named; 3 it fails and the cause cannot be told from here;
2 the call is wrong; 70 a fault of whoblocked itself. fix: 0 it works now, 1 it does not and all is as before,
4 there is nothing that it may change, 5 nobody agreed.

After a failure, or a second of silence (two of name servers), it asks a few well-known servers whether anything
else works, and after a failure for the status page of the service (--no-references prevents that).
Only fix, undo, pause, reset and quarantine restore change anything on this computer.
`;

/** All of it, or what belongs to one command: its lines, its own options, and where the rest is told. */
export function helpFor(command: string | null): string {
  if (command === null) return whole;
  const [ways = '', ...parts] = whole.split(/^(?=Options$|With |Exit: )/m);
  const lines = entries(ways).filter((entry) => new RegExp(`whoblocked ${command}[ ,]`).test(entry));
  if (lines.length === 0) return whole;
  const own = parts.filter((part) => new RegExp(`^With [^\\n]*\\b${command}\\b`).test(part));
  return `${[...lines, ...(own.length === 0 ? [] : ['\n', ...own])].join('').trimEnd()}\n\nAll commands and options: whoblocked --help\n`;
}

/** A way to call it, with the lines that go on about it. */
function entries(text: string): string[] {
  return text.split(/^(?= {2}(?:sudo )?whoblocked )/m).map((entry) => `${entry.trimEnd()}\n`);
}
