# file-guard.py FOLDER mute|honest|looks-up FILE: is asked before anything in the folder is opened (fanotify(7)), and lets all pass.
# mute: never answers. looks-up: opens FILE, which lies in that folder, before each answer; it lets itself pass at once.
import ctypes, os, queue, struct, sys, threading, time

libc = ctypes.CDLL(None, use_errno=True)
folder, manner, file = sys.argv[1:4]
CONTENT, OPEN_PERM, ON_CHILD, ALLOW = 4, 0x10000, 0x08000000, 1


def must(result):
    if result < 0:
        sys.exit(os.strerror(ctypes.get_errno()))
    return result


guard = must(libc.fanotify_init(CONTENT, os.O_RDONLY))
must(libc.fanotify_mark(guard, 1, ctypes.c_uint64(OPEN_PERM | ON_CHILD), -100, folder.encode()))
waiting = queue.Queue()


def answer(event):
    os.write(guard, struct.pack('=iI', event, ALLOW))
    os.close(event)


def work():
    while True:
        event = waiting.get()
        if manner == 'mute':
            time.sleep(3600)
        if manner == 'looks-up':
            open(file).close()
        answer(event)


threading.Thread(target=work, daemon=True).start()
print('watching', flush=True)
while True:
    data = os.read(guard, 65536)
    while data:
        length, _, _, _, _, event, pid = struct.unpack_from('=IBBHqii', data)
        data = data[length:]
        if pid == os.getpid():
            answer(event)
        else:
            waiting.put(event)
