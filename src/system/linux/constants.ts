/** Numbers of the Linux ABI (include/uapi), the same on x64, arm64, riscv64 and loong64. */
export const AF_UNIX = 1;
export const AF_INET = 2;
export const AF_INET6 = 10;
export const AF_NETLINK = 16;
export const AF_PACKET = 17;

export const SOCK_STREAM = 1;
export const SOCK_DGRAM = 2;
export const SOCK_RAW = 3;
export const SOCK_NONBLOCK = 0x800;
export const SOCK_CLOEXEC = 0x80000;

export const SOL_SOCKET = 1;
export const SO_ERROR = 4;
export const SO_DONTROUTE = 5;
export const SO_LINGER = 13;
export const SO_BINDTODEVICE = 25;
export const SO_ATTACH_FILTER = 26;
export const SO_RCVBUFFORCE = 33;
/** The option and the control message that it brings have one number; 64-bit processors have no newer one (SO_TIMESTAMPNS_OLD). */
export const SO_TIMESTAMPNS = 35;
export const SO_MARK = 36;

export const IPPROTO_IP = 0;
export const IPPROTO_ICMP = 1;
export const IP_TOS = 1;
export const IP_TTL = 2;
export const IP_MTU_DISCOVER = 10;
export const IP_RECVERR = 11;
/** Sets "do not fragment" and takes no notice of what is known of the path (ip(7)). */
export const IP_PMTUDISC_PROBE = 3;
export const IP_MINTTL = 21;

export const IPPROTO_TCP = 6;
export const IPPROTO_UDP = 17;
export const TCP_NODELAY = 1;
export const TCP_MAXSEG = 2;
export const TCP_INFO = 11;

export const IPPROTO_IPV6 = 41;
export const IPPROTO_ICMPV6 = 58;
export const IPV6_UNICAST_HOPS = 16;
export const IPV6_MTU_DISCOVER = 23;
export const IPV6_RECVERR = 25;
export const IPV6_TCLASS = 67;
export const IPV6_MINHOPCOUNT = 73;

export const MSG_DONTWAIT = 0x40;
export const MSG_ERRQUEUE = 0x2000;

export const EPOLLIN = 0x001;
export const EPOLLOUT = 0x004;
/** Edge-triggered: an event that nobody can clear must not spin. */
export const EPOLLET = 0x80000000;
export const EPOLL_CTL_ADD = 1;
export const EPOLL_CTL_DEL = 2;
export const EPOLL_CLOEXEC = 0x80000;

export const EINTR = 4;
export const EAGAIN = 11;
export const ENOBUFS = 105;
export const EINPROGRESS = 115;

/** States of struct tcp_info (include/net/tcp_states.h). */
export const TCP_ESTABLISHED = 1;
export const TCP_SYN_SENT = 2;
export const TCP_SYN_RECV = 3;
export const TCP_CLOSE_WAIT = 8;
