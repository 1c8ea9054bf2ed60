import { familyOf } from '../model/address.js';
import type { Flags } from './arguments.js';
import { inboundOf } from './inbound-arguments.js';
import { only } from './only-word.js';
import { fixFlagsOf, keepForOf, pausable, pauseMs, type RepairCall, type RepairValues } from './repair-arguments.js';
import { WrongWords } from './wrong-words.js';

interface Values extends RepairValues {
  readonly all?: boolean;
  readonly anyway?: boolean;
  readonly json?: boolean;
  readonly proto?: string;
  readonly from?: string;
  readonly for?: string;
  readonly whole?: boolean;
  readonly 'only-target'?: boolean;
  readonly app?: string;
  readonly as?: string;
}

const resetHow = 'say what to set back: whoblocked reset firewall';

/** The commands that change something, or tell what was changed. Only `fix` has flags of a diagnosis. */
export function repairCallOf(
  command: Exclude<RepairCall['command'], 'pause'>,
  values: Values,
  rest: readonly string[],
  flags: Flags | null,
): RepairCall {
  const json = values.json === true;
  switch (command) {
    case 'fix': {
      if (flags === null) throw new WrongWords('fix needs a target');
      const isInbound = rest[0] === 'inbound' && rest.length > 1;
      if (!isInbound && values.from !== undefined && familyOf(values.from.replace(/^\[(.*)\]$/, '$1')) === 0)
        throw new WrongWords(
          'fix does not work inside a container: sudo whoblocked --from CONTAINER TARGET says what blocks it there, and what to do by hand',
        );
      if (!isInbound && (values.from !== undefined || values.proto !== undefined))
        throw new WrongWords(
          '--from and --proto go with a port of this computer: whoblocked fix inbound 8080 --from 203.0.113.9',
        );
      const words = isInbound ? rest.slice(1) : rest;
      const target = only(words, 'say what to get back to, such as whoblocked fix https://example.com');
      const inbound = isInbound ? inboundOf(values.proto, values.from, target) : null;
      const app = values.app ?? null;
      if (app === '') throw new WrongWords('--app takes a path, a process id or a systemd unit');
      if (app !== null && (isInbound || values.as !== undefined))
        throw new WrongWords('--app goes with a target, and says already as which user');
      return { command, target, inbound, app, fix: fixFlagsOf(values, new Date()), flags };
    }
    case 'undo': {
      const [id = null, ...more] = rest;
      if (more.length > 0) throw new WrongWords('one change at a time, or --all');
      if (id !== null && values.all) throw new WrongWords('a change or --all, not both');
      const acceptRisk = values['i-accept-the-risk'] === true;
      return { command, id, all: values.all === true, anyway: values.anyway === true, acceptRisk, json };
    }
    case 'changes':
      if (rest.length > 0) throw new WrongWords('whoblocked changes takes no more words');
      return { command, json };
    case 'reset':
      if (only(rest, resetHow) !== 'firewall') throw new WrongWords(resetHow);
      return {
        command,
        dryRun: values['dry-run'] === true,
        yes: values.yes === true,
        acceptRisk: values['i-accept-the-risk'] === true,
        keepForMs: keepForOf(values['keep-for']),
        json,
      };
    case 'watchdog':
      return { command, id: only(rest, 'watchdog is for whoblocked itself') };
  }
}

interface PauseWords {
  readonly what: string | undefined;
  readonly target: string | null;
  readonly more: readonly string[];
  /** Behind the dashes. */
  readonly words: readonly [string, ...string[]] | null;
}

export function pauseCallOf(values: Values, { what, target, more, words }: PauseWords, flags: Flags): RepairCall {
  const known = pausable.find((one) => one === what);
  if (known === undefined)
    throw new WrongWords('say what to pause: whoblocked pause firewall, pause vpn, pause antivirus or pause proxy');
  if (values.whole && values['only-target']) throw new WrongWords('--whole and --only-target exclude each other');
  if (values.whole && known !== 'firewall' && known !== 'antivirus')
    throw new WrongWords(
      '--whole is for pause firewall and pause antivirus: the others are paused for the target alone',
    );
  if (more.length > 0) throw new WrongWords('one target at a time; what to try stands behind --');
  return {
    command: 'pause',
    what: known,
    target,
    forMs: pauseMs(values.for),
    yes: values.yes === true,
    allowWider: values['allow-wider'] === true,
    acceptRisk: values['i-accept-the-risk'] === true,
    whole: values.whole === true,
    words,
    flags,
  };
}
