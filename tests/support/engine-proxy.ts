import { once } from 'node:events';
import { createServer, connect, type Server, type Socket } from 'node:net';
import { join } from 'node:path';

/** A proxy in front of an Engine, which can be closed while others go on using the Engine. */
export class EngineProxy {
  /** A value for DOCKER_HOST. */
  readonly address: string;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private held = false;

  private constructor(server: Server, address: string) {
    this.server = server;
    this.address = address;
  }

  /**
   * @param engine socket of the Engine
   * @param folder where the socket of the proxy is created
   */
  static async open(engine: string, folder: string): Promise<EngineProxy> {
    const path = join(folder, 'proxy.sock');
    const server = createServer((client) => proxy.accept(client, connect(engine)));
    const proxy = new EngineProxy(server, `unix://${path}`);
    server.listen(path);
    await once(server, 'listening');
    return proxy;
  }

  /** From now on, requests and answers wait. */
  hold(): void {
    this.held = true;
    for (const socket of this.sockets) socket.pause();
  }

  /** Passes on what has waited, and everything from now on. */
  letGo(): void {
    this.held = false;
    for (const socket of this.sockets) socket.resume();
  }

  /** Ends all connections, and accepts no more. */
  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    if (!this.server.listening) return;
    this.server.close();
    await once(this.server, 'close');
  }

  private accept(client: Socket, engine: Socket): void {
    for (const [one, other] of [
      [client, engine],
      [engine, client],
    ] as const) {
      this.sockets.add(one);
      one.on('data', (bytes) => other.write(bytes));
      one.on('end', () => other.end());
      one.on('error', () => other.destroy());
      one.on('close', () => this.sockets.delete(one));
      if (this.held) one.pause();
    }
  }
}
