import { execFileSync } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { LIST_SOCKETS, listeningPorts } from './listening.ts';

const REST = '00000000:00000000 00:00000000 00000000     0        0 3476 1 d11aaee3 100 0 0 10 0';

test('lists what listens at all addresses or at 127.0.0.1, each port once', () => {
  const sockets = [
    'sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    `0: 0100007F:1F91 00000000:0000 0A ${REST}`,
    `1: 00000000:1F90 00000000:0000 0A ${REST}`,
    `2: 00000000:1F91 00000000:0000 0A ${REST}`,
    // A connection, and what listens only at the address of a bridge.
    `3: 0100007F:0050 0100007F:A0C0 01 ${REST}`,
    `10: 010011AC:0035 00000000:0000 0A ${REST}`,
    '',
  ];
  expect(listeningPorts(sockets.join('\n'))).toEqual([8080, 8081]);
});

test('the command prints what a real Linux lists', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const sockets = execFileSync('sh', ['-c', LIST_SOCKETS], { encoding: 'utf8' });
  expect(listeningPorts(sockets)).toContain(port);
  server.close();
});
