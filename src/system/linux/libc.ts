import { loadNative, type Native } from './native.js';

/** System calls through libc. Each returns −1 on failure and leaves the number in `errno()`. */
export interface Libc {
  socket(family: number, type: number, protocol: number): number;
  bind(fd: number, address: Uint8Array, length: number): number;
  connect(fd: number, address: Uint8Array, length: number): number;
  getsockname(fd: number, address: Uint8Array, length: Uint8Array): number;
  setsockopt(fd: number, level: number, name: number, value: Uint8Array, length: number): number;
  getsockopt(fd: number, level: number, name: number, value: Uint8Array, length: Uint8Array): number;
  send(fd: number, bytes: Uint8Array, length: number, flags: number): number;
  recv(fd: number, bytes: Uint8Array, length: number, flags: number): number;
  recvmsg(fd: number, header: Uint8Array, flags: number): number;
  close(fd: number): number;
  epollCreate(flags: number): number;
  epollControl(epoll: number, operation: number, fd: number, event: Uint8Array): number;
  epollWait(epoll: number, events: Uint8Array, maximum: number, timeout: number): number;
  interfaceIndex(name: string): number;
  /** File-system identity of this thread; returns the one before. Sockets belong to it (`meta skuid`). */
  setfsuid(uid: number): number;
  setfsgid(gid: number): number;
  /** Supplementary groups of this thread alone: libc's own setgroups() changes every thread's. */
  setThreadGroups(groups: readonly number[]): number;
  /** A file system that is mounted nowhere (fsopen(2)). */
  fsopen(name: string, flags: number): number;
  fsconfig(fd: number, command: number, key: Uint8Array | null, value: Uint8Array | null, more: number): number;
  fsmount(fd: number, flags: number, attributes: number): number;
  perfEventOpen(attributes: Uint8Array, pid: number, cpu: number, group: number, flags: number): number;
  bpf(command: number, attributes: Uint8Array): number;
  ioctl(fd: number, request: number, value: Uint8Array | null): number;
  /** Moves this thread into the namespace of that file (setns(2)); threads and children that it starts later follow. */
  setns(fd: number, kind: number): number;
  /** A file below a directory that is taken for the root, wherever links in it lead (openat2(2)). */
  openat2(directory: number, path: Uint8Array, how: Uint8Array, size: number): number;
  readlinkat(directory: number, path: Uint8Array, text: Uint8Array, size: number): number;
  faccessat(directory: number, path: Uint8Array, mode: number, flags: number): number;
  execveat(directory: number, path: Uint8Array, words: Uint8Array, environment: Uint8Array, flags: number): number;
  /** Writes a struct timespec (clock_gettime(2)). */
  clockGettime(clock: number, time: Uint8Array): number;
  errno(): number;
  /** Where a buffer lies, for structures that hold pointers. The buffer must not live on V8's own heap. */
  address(buffer: Uint8Array): bigint;
  readonly native: Native;
}

/** asm/unistd_64.h of x86-64; every newer processor has the generic table. */
const SYS_setgroups = process.arch === 'x64' ? 116 : 159;
const SYS_perf_event_open = process.arch === 'x64' ? 298 : 241;
const SYS_bpf = process.arch === 'x64' ? 321 : 280;
/** From 5.1 on all processors have the same numbers. */
const SYS_fsopen = 430;
const SYS_fsconfig = 431;
const SYS_fsmount = 432;

/** Of openat2 on every processor; of execveat on x86-64, and of the generic table. */
const SYS_openat2 = 437;
const SYS_execveat = process.arch === 'x64' ? 322 : 281;

/** Binds the C library that is in this process already (glibc or musl), or says why not. */
export function bindLibc(): Libc | string {
  const native = loadNative();
  if (typeof native === 'string') return native;
  try {
    return bindAll(native);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function bindAll(native: Native): Libc {
  const library = native.load(null);
  const pointer = 'const void *';
  // The prototypes below are what the types above are held to: nothing can check them but the tests.
  const bind = (name: string, result: string, ...parameters: string[]): never =>
    library.func(name, result, parameters) as never;
  const syscall: (number: number, count: number, list: Uint32Array) => number = bind(
    'syscall',
    'long',
    'long',
    'size_t',
    pointer,
  );
  // Through syscall(2): glibc has functions for these only since 2.36, and none for perf_event_open.
  const onName: (call: number, name: string, flags: number) => number = bind(
    'syscall',
    'long',
    'long',
    'const char *',
    'long',
  );
  const onNumbers: (call: number, a: number, b: number, c: number) => number = bind(
    'syscall',
    'long',
    'long',
    'long',
    'long',
    'long',
  );
  const configure: (
    call: number,
    fd: number,
    command: number,
    key: Uint8Array | null,
    value: Uint8Array | null,
    more: number,
  ) => number = bind('syscall', 'long', 'long', 'long', 'long', pointer, pointer, 'long');
  const onAttributes: (
    call: number,
    attributes: Uint8Array,
    pid: number,
    cpu: number,
    group: number,
    flags: number,
  ) => number = bind('syscall', 'long', 'long', pointer, 'long', 'long', 'long', 'long');
  const onBytes: (call: number, command: number, bytes: Uint8Array, size: number) => number = bind(
    'syscall',
    'long',
    'long',
    'long',
    pointer,
    'long',
  );
  const openat2: (number: number, fd: number, path: Uint8Array, how: Uint8Array, size: number) => number = bind(
    'syscall',
    'long',
    'long',
    'long',
    pointer,
    pointer,
    'size_t',
  );
  const execveat: (
    n: number,
    fd: number,
    path: Uint8Array,
    words: Uint8Array,
    env: Uint8Array,
    flags: number,
  ) => number = bind('syscall', 'long', 'long', 'long', pointer, pointer, pointer, 'long');
  return {
    native,
    bpf: (command, attributes) => onBytes(SYS_bpf, command, attributes, attributes.length),
    fsopen: (name, flags) => onName(SYS_fsopen, name, flags),
    fsconfig: (fd, command, key, value, more) => configure(SYS_fsconfig, fd, command, key, value, more),
    fsmount: (fd, flags, attributes) => onNumbers(SYS_fsmount, fd, flags, attributes),
    perfEventOpen: (attributes, pid, cpu, group, flags) =>
      onAttributes(SYS_perf_event_open, attributes, pid, cpu, group, flags),
    ioctl: bind('ioctl', 'int', 'int', 'unsigned long', pointer),
    errno: () => native.errno(),
    address: (buffer) => native.address(buffer),
    socket: bind('socket', 'int', 'int', 'int', 'int'),
    bind: bind('bind', 'int', 'int', pointer, 'uint32_t'),
    connect: bind('connect', 'int', 'int', pointer, 'uint32_t'),
    getsockname: bind('getsockname', 'int', 'int', pointer, pointer),
    setsockopt: bind('setsockopt', 'int', 'int', 'int', 'int', pointer, 'uint32_t'),
    getsockopt: bind('getsockopt', 'int', 'int', 'int', 'int', pointer, pointer),
    send: bind('send', 'int64_t', 'int', pointer, 'size_t', 'int'),
    recv: bind('recv', 'int64_t', 'int', pointer, 'size_t', 'int'),
    recvmsg: bind('recvmsg', 'int64_t', 'int', pointer, 'int'),
    close: bind('close', 'int', 'int'),
    epollCreate: bind('epoll_create1', 'int', 'int'),
    epollControl: bind('epoll_ctl', 'int', 'int', 'int', 'int', pointer),
    epollWait: bind('epoll_wait', 'int', 'int', pointer, 'int', 'int'),
    interfaceIndex: bind('if_nametoindex', 'uint32_t', 'const char *'),
    setfsuid: bind('setfsuid', 'int', 'uint32_t'),
    setfsgid: bind('setfsgid', 'int', 'uint32_t'),
    clockGettime: bind('clock_gettime', 'int', 'int', pointer),
    setns: bind('setns', 'int', 'int', 'int'),
    openat2: (...rest) => openat2(SYS_openat2, ...rest),
    readlinkat: bind('readlinkat', 'int64_t', 'int', pointer, pointer, 'size_t'),
    faccessat: bind('faccessat', 'int', 'int', pointer, 'int', 'int'),
    execveat: (...rest) => execveat(SYS_execveat, ...rest),
    setThreadGroups: (groups) => syscall(SYS_setgroups, groups.length, Uint32Array.from([...groups, 0])),
  };
}
