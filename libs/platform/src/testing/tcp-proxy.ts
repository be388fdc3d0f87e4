import { connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between the product and its database, which it can put out of reach in the two ways in which networks do. */
export class TcpProxy {
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private isSilent = false;
  private port = 0;

  private constructor(private readonly target: URL) {}

  /** @param address of the database, as `postgres://…` */
  static async before(address: string): Promise<TcpProxy> {
    const proxy = new TcpProxy(new URL(address));
    await proxy.listen();
    return proxy;
  }

  /** The same database, through here. */
  get url(): string {
    const url = new URL(this.target);
    url.host = `127.0.0.1:${this.port}`;
    return url.toString();
  }

  /** Everything under way breaks off, and new connections are refused. */
  async refuse(): Promise<void> {
    const closed = new Promise<void>((done) => (this.server ? this.server.close(() => done()) : done()));
    this.server = undefined;
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** Nothing breaks off, and nothing comes through any more. */
  fallSilent(): void {
    this.isSilent = true;
    for (const socket of this.sockets) socket.pause();
  }

  /** Lets everything through again. */
  async recover(): Promise<void> {
    this.isSilent = false;
    for (const socket of this.sockets) socket.resume();
    if (!this.server) await this.listen();
  }

  private listen(): Promise<void> {
    const server = createServer((inward) => this.join(inward));
    this.server = server;
    return new Promise((done) => {
      server.listen(this.port, '127.0.0.1', () => {
        const address = server.address();
        if (typeof address === 'object' && address) this.port = address.port;
        done();
      });
    });
  }

  private join(inward: Socket): void {
    const outward = connect(Number(this.target.port), this.target.hostname);
    for (const [socket, other] of [
      [inward, outward],
      [outward, inward],
    ] as const) {
      this.sockets.add(socket);
      socket.on('data', (chunk) => other.write(chunk));
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
      if (this.isSilent) socket.pause();
    }
  }
}
