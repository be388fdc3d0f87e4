import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database } from '@abide/platform';
import { EpochKeys, type WrappedKey } from './epoch-keys.service.js';

export type Purpose = 'index' | 'secret';

/** Keys that belong to no subject: one per blindly indexed column, one for the server's own secrets, one per use of derived keys. Made on first use. */
@Injectable()
export class ServerKeys {
  private readonly opened = new Map<string, KeyObject>();

  constructor(
    private readonly db: Database,
    private readonly epochs: EpochKeys,
    private readonly clock: Clock,
  ) {}

  /** Part of the boot: the keys that nearly every transaction needs are made in none of them. */
  async open(): Promise<void> {
    await this.find('secret', 'server');
    await this.find('index', 'phone');
    await this.find('index', 'email');
  }

  async find(purpose: Purpose, name: string): Promise<KeyObject> {
    const opened = this.opened.get(`${purpose}:${name}`);
    if (opened) return opened;
    return this.db.transaction(async () => {
      const key = await this.epochs.unwrap(
        serverKeyName(purpose, name),
        (await this.read(purpose, name)) ?? (await this.make(purpose, name)),
      );
      this.db.afterCommit(() => this.opened.set(`${purpose}:${name}`, key));
      return key;
    });
  }

  private async read(purpose: Purpose, name: string): Promise<WrappedKey | undefined> {
    const [row] = await this.db.query<WrappedKey>(
      'SELECT epoch, wrapped FROM vault.server_keys WHERE purpose = $1 AND name = $2',
      [purpose, name],
    );
    return row;
  }

  /** Of several processes that make the same key at once, all get the one that was stored. */
  private async make(purpose: Purpose, name: string): Promise<WrappedKey> {
    const made = await this.epochs.newKey(await this.epochs.currentEpoch(), serverKeyName(purpose, name));
    await this.db.execute(
      'INSERT INTO vault.server_keys (purpose, name, epoch, wrapped, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
      [purpose, name, made.epoch, made.wrapped, this.clock.now()],
    );
    return (await this.read(purpose, name)) ?? made;
  }
}

/** What a wrapped server key belongs to. */
export function serverKeyName(purpose: Purpose, name: string): readonly string[] {
  return ['server', purpose, name];
}
