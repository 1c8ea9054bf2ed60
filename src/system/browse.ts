import { type ChildProcess, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import type { BrowserOutcome } from '../model/browser-facts.js';
import type { BrowseRequest } from '../model/engine-questions.js';
import { copyProfile, newDirectory, sweepDirectories } from './browser-directory.js';

const longestMessage = 8 * 1024 * 1024;
/** Rules of extensions are in force a moment after the start (measured: within 300 ms). */
const settleMs = 500;
const closeMs = 3000;

/** No window, no update, no report to anybody, nothing of the desktop's password store. */
const switches = [
  '--headless=new',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
  '--disable-breakpad',
  '--metrics-recording-only',
  '--password-store=basic',
  '--use-mock-keychain',
  '--remote-debugging-pipe',
];

/**
 * Opens one page in a browser of Chromium's kind and tells how its own document fared. The browser is driven through two
 * pipes (no port is opened); it ends when they close, so also when this process dies.
 */
export async function browse(request: BrowseRequest, signal: AbortSignal): Promise<BrowserOutcome> {
  await sweepDirectories();
  const directory = await newDirectory();
  try {
    if (request.profile !== null) {
      const why = await copyProfile(request.profile, directory);
      if (why !== null) return { state: 'not-run', why };
    }
    return await open(request, directory, signal);
  } finally {
    // Its helpers may write a moment longer.
    await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(() => undefined);
  }
}

async function open(request: BrowseRequest, directory: string, signal: AbortSignal): Promise<BrowserOutcome> {
  const profile = request.profile === null ? [] : [`--profile-directory=${request.profile.name}`];
  const clean = request.profile === null ? ['--disable-extensions'] : [];
  const args = [...switches, ...profile, ...clean, `--user-data-dir=${directory}`, 'about:blank'];
  // Its crash reports lie in the user's own directory otherwise, whatever the profile (seen with Debian's).
  const env = { ...process.env, BREAKPAD_DUMP_LOCATION: `${directory}/Crash Reports`, ...ownTemporary(directory) };
  const stdio = ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] as const;
  const child = spawn(request.program, args, { stdio: [...stdio], env, detached: true });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const words: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => words.length < 50 && words.push(text.slice(0, 500)));
  const late = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(request.timeoutMs))]);
  const stopped = new Promise<BrowserOutcome>((resolve) => {
    late.addEventListener('abort', () => resolve({ state: 'not-run', why: 'it took too long' }), { once: true });
    void ended.then(() => resolve({ state: 'not-run', why: whyEnded(words.join('')) }));
  });
  const pipes = new Pipes(child);
  try {
    return await Promise.race([drive(pipes, request.url), stopped]);
  } finally {
    await endBrowser(child, pipes, ended);
  }
}

/** `/org.chromium.Chromium.XXXXXX/SingletonSocket`, and the name of a socket has 107 bytes (unix(7)). */
const longestDirectory = 107 - 46;

/** The place of its socket is left behind when it is ended; within its own directory it goes with that. */
function ownTemporary(directory: string): { readonly TMPDIR?: string } {
  return Buffer.byteLength(directory) <= longestDirectory ? { TMPDIR: directory } : {};
}

async function drive(pipes: Pipes, url: string): Promise<BrowserOutcome> {
  await pipes.ask('Browser.getVersion');
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  const { targetId } = await pipes.ask('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await pipes.ask('Target.attachToTarget', { targetId, flatten: true });
  const session = typeof sessionId === 'string' ? sessionId : undefined;
  await pipes.ask('Network.enable', {}, session);
  const { errorText, loaderId } = await pipes.ask('Page.navigate', { url }, session);
  const document = pipes.document(loaderId);
  const shown = withoutQuery(document.url ?? url);
  if (typeof errorText === 'string' && errorText !== '')
    return { state: 'failed', error: errorText.slice(0, 100), url: shown };
  return { state: 'loaded', status: document.status, url: shown };
}

function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '').slice(0, 500);
}

/** Chromium says on its standard error why it does not start. */
function whyEnded(words: string): string {
  if (/sandbox/i.test(words)) return 'the browser found no sandbox to run in';
  return 'the browser did not start';
}

type Answer = Readonly<Record<string, unknown>>;

/** The debugging protocol: JSON messages that end with a zero byte, out by descriptor 3, in by descriptor 4. */
class Pipes {
  readonly #out: Writable | null;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #documents = new Map<unknown, { url?: string; status: number | null }>();
  #next = 0;
  #held = '';

  constructor(child: ChildProcess) {
    this.#out = (child.stdio[3] as Writable | null) ?? null;
    this.#out?.on('error', () => undefined);
    const input = child.stdio[4] as Readable | null;
    input?.setEncoding('utf8').on('data', (text: string) => this.#take(text));
    input?.on('error', () => undefined);
  }

  ask(method: string, params: object = {}, sessionId?: string): Promise<Answer> {
    const id = ++this.#next;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#out?.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
    });
  }

  document(loaderId: unknown): { url?: string; status: number | null } {
    return this.#documents.get(loaderId) ?? { status: null };
  }

  close(): void {
    this.#out?.destroy();
  }

  #take(text: string): void {
    this.#held += text;
    if (this.#held.length > longestMessage) this.#held = '';
    for (let end = this.#held.indexOf('\0'); end >= 0; end = this.#held.indexOf('\0')) {
      this.#handle(this.#held.slice(0, end));
      this.#held = this.#held.slice(end + 1);
    }
  }

  #handle(message: string): void {
    const { id, method, result, params } = parsed(message);
    if (typeof id === 'number') {
      this.#waiting.get(id)?.(asObject(result));
      this.#waiting.delete(id);
    }
    const { requestId, loaderId, type, request, response } = asObject(params);
    // The document's own request has its loader's id.
    if (requestId !== loaderId || (type !== 'Document' && type !== undefined)) return;
    if (method === 'Network.requestWillBeSent') {
      const { url } = asObject(request);
      if (typeof url === 'string') this.#documents.set(loaderId, { url, status: null });
    }
    if (method === 'Network.responseReceived') {
      const { url, status } = asObject(response);
      if (typeof url === 'string')
        this.#documents.set(loaderId, { url, status: typeof status === 'number' ? status : null });
    }
  }
}

function parsed(message: string): Answer {
  try {
    return asObject(JSON.parse(message));
  } catch {
    return {};
  }
}

function asObject(value: unknown): Answer {
  return typeof value === 'object' && value !== null ? (value as Answer) : {};
}

/** Asked to close; then, with everything that it started, made to. It leads a process group of its own. */
async function endBrowser(child: ChildProcess, pipes: Pipes, ended: Promise<void>): Promise<void> {
  void pipes.ask('Browser.close');
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, closeMs).unref())]);
  pipes.close();
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nobody of the group is left.
  }
}
