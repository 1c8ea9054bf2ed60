# wireguard.sh DIRECTORY INTERFACE KEY PORT PEER ALLOWED [ENDPOINT [MARK]]: one end of a real WireGuard tunnel, by the userspace
# implementation. DIRECTORY is what it has for /run/wireguard, in which its socket lies. It stays as long as its starter.
set -e
mkdir -p /run/wireguard "$1"
mount --bind "$1" /run/wireguard
WG_PROCESS_FOREGROUND=1 setpriv --pdeathsig KILL wireguard-go "$2" &
daemon=$!
trap 'kill $daemon' EXIT
trap 'exit 0' TERM INT
i=0
until [ -S "/run/wireguard/$2.sock" ] || [ $i -gt 50 ]; do
  sleep 0.1
  i=$((i + 1))
done
umask 077
printf '%s\n' "$3" > "$1/key"
wg set "$2" private-key "$1/key" listen-port "$4" peer "$5" allowed-ips "$6" ${7:+endpoint "$7"}
[ -z "$8" ] || wg set "$2" fwmark "$8"
rm "$1/key"
echo ready
wait $daemon
