/** Prints the TCP sockets of the machine in the hidden shell, without starting a program. */
export const LIST_SOCKETS = 'while read -r line; do echo "$line"; done < /proc/net/tcp';

/** State of a listening socket (Linux, include/net/tcp_states.h). */
const LISTENING = '0A';
/** Addresses at which `localhost` reaches a socket: 0.0.0.0 and 127.0.0.1, as printed on x86. */
const REACHABLE = ['00000000', '0100007F'];

/**
 * The ports at which something listens that `localhost` reaches, in ascending order. A published
 * port is one of them, because docker-proxy listens there.
 * @param sockets content of /proc/net/tcp (Linux, Documentation/networking/proc_net_tcp.rst)
 */
export function listeningPorts(sockets: string): number[] {
  const ports = new Set<number>();
  for (const line of sockets.split('\n')) {
    const [, address = '', port = '', state] =
      /^\s*\d+: ([\dA-F]{8}):([\dA-F]{4}) [\dA-F]{8}:[\dA-F]{4} ([\dA-F]{2})\s/.exec(line) ?? [];
    if (state === LISTENING && REACHABLE.includes(address)) ports.add(Number.parseInt(port, 16));
  }
  return [...ports].sort((a, b) => a - b);
}
