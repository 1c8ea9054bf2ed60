import type { Cause } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { place } from '../evidence/tls-evidence.js';

/** The service was reached and says itself that it will not have this client. */
export const cause: Cause = {
  id: 'service-refuses-client',
  side: 'server',
  stage: 'service',
  title: 'The service itself refuses this computer',
  symptoms: symptoms('service', 'refuses'),
  unix: true,
  needs: ['greeting'],
  judge(attempt, scene) {
    const heard = fact(scene.facts, 'greeting')?.find((one) => one.failure?.code === 'refuses');
    if (!heard) return { says: 'unknown', missing: ['greeting'] };
    const words = (heard.text ?? attempt.outcome.raw).slice(0, 200);
    const perhapsUser = isOfHostFile(heard.protocol, words);
    return {
      says: 'fits',
      weight: 0.9,
      ...(perhapsUser && { atMost: 'likely' as const }),
      culprit: { kind: 'service', name: words, ...(attempt.address !== null && { address: attempt.address }) },
      summary: `The ${service(heard.protocol)} at ${place(attempt)} ${whatItDoes(words, perhapsUser)}.`,
      advice: adviceFor(heard.protocol ?? '', words),
      evidence: [{ fact: 'greeting', says: `its own words: ${words}` }],
    };
  },
};

function service(protocol: string | null): string {
  return protocol === null ? 'service' : `${protocol} service`;
}

function whatItDoes(words: string, perhapsUser: boolean): string {
  if (isFullForUs(words)) return 'takes no more connections from this address for now';
  if (isFull(words)) return 'is full: it takes no more connections for now';
  // sshd says the same of all clients together (MaxStartups) and of one network's (PerSourceMaxStartups).
  if (/\bMaxStartups\b/i.test(words)) return 'takes no more logins for now';
  return perhapsUser ? 'refuses this computer, at least for a user whom it does not know' : 'refuses this computer';
}

/**
 * PostgreSQL's pg_hba.conf: a line lets in addresses, and of those often only some users. We ask as a user who does not
 * exist (our state 28000 of that file alone, src/probes/greeting/postgres.ts), so that the user's own may be let in.
 */
function isOfHostFile(protocol: string | null, words: string): boolean {
  return protocol === 'postgres' && words.startsWith('28000 ');
}

const tooMany =
  /too many (?:open |concurrent |connected |smtp |imap |pop3 )*(?:clients|connections|users)|max(?:imum)? (?:number of )?(?:allowed )?(?:clients|connections)|users \(the maximum\)|connection slots/i;

/** As many clients as may be are there already: who asks has nothing to do with it. The words are the programs' own. */
function isFull(words: string): boolean {
  return tooMany.test(words) && !isFullForUs(words);
}

/** As many as one address may have: so say vsftpd, ProFTPD, Pure-FTPd, Postfix, Exim and Dovecot. */
function isFullForUs(words: string): boolean {
  const after = tooMany.exec(words);
  const rest = after === null ? '' : words.slice(after.index + after[0].length);
  return /\bfrom (?:your|this|user\+ip|[[(]?[\da-f]+[.:][\da-f.:]+)|\bper[ -](?:ip|host|address)/i.test(rest);
}

function adviceFor(protocol: string, words: string): string {
  if (isFullForUs(words))
    return 'close the connections to it from here that nobody needs (others behind the same router count as well), then try again';
  if (isFull(words)) {
    const limit = limits[protocol];
    return `close connections to it that nobody needs (look for a program that opens more and more), or raise its limit${limit === undefined ? '' : ` (${limit})`}`;
  }
  // ER_HOST_IS_BLOCKED: failed attempts are counted for each address, and nothing that is granted undoes that.
  if (protocol === 'mysql' && words.startsWith('1129 '))
    return 'find out what at this address fails again and again, then have the server forget it: mysqladmin flush-hosts';
  return advice[protocol] ?? 'ask whoever runs it to let this computer in';
}

const limits: Readonly<Record<string, string>> = {
  postgres: 'max_connections',
  mysql: 'max_connections',
  redis: 'maxclients',
  nats: 'max_connections',
};

const advice: Readonly<Record<string, string>> = {
  postgres:
    'if your own user gets the same words, add a line for it and this computer to pg_hba.conf there and reload the server',
  mysql: "on the server, let the user connect from this computer's address (GRANT, or the host in CREATE USER)",
  // With a password set, protected mode lets others in: it need not be switched off (networking.c of Redis).
  redis: 'set a password there (requirepass, or one for the default user)',
  smtp: "use your provider's mail server with your login; many servers refuse mail from home addresses",
  ssh: 'wait and try again: the server has too many logins at once, or has seen too many that failed',
};
