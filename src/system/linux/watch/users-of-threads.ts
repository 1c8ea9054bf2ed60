const mostThreads = 20_000;
const mostForebears = 64;

/** Who has become which user, and who started whom, by what strace(1) writes of setuid, setreuid, setresuid and clone. */
export class UsersOfThreads {
  readonly #users = new Map<string, number>();
  readonly #parents = new Map<string, string>();

  read(thread: string, call: string): void {
    if (this.#users.size + this.#parents.size > mostThreads) return;
    const child = /^(?:clone3?|v?fork)\(.*\)\s+= (\d+)$/.exec(call)?.[1];
    if (child !== undefined) this.#parents.set(child, thread);
    const [, , words = ''] = /^set(re|res)?uid\(([-\d, ]+)\)\s+= 0$/.exec(call) ?? [];
    if (words === '') return;
    // Of real, effective and saved one the effective: -1 leaves it.
    const [first = '-1', second] = words.split(', ');
    const user = Number(second ?? first);
    if (user >= 0) this.#users.set(thread, user);
  }

  /** Of a thread or process that has become nobody else itself, whoever started it counts. */
  of(thread: string): number | undefined {
    let one: string | undefined = thread;
    for (let at = 0; one !== undefined && at < mostForebears; at++) {
      const user = this.#users.get(one);
      if (user !== undefined) return user;
      one = this.#parents.get(one);
    }
    return undefined;
  }
}
