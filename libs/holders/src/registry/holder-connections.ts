import { Injectable } from '@nestjs/common';
import { nothingToDo } from '@abide/platform';
import { DatabaseClient } from '../database/database-client.js';
import { contractVersion } from '../protocol/holder-answers.js';
import { HolderClient } from '../protocol/holder-client.js';
import type { HolderConnection } from '../protocol/holder-connection.js';
import type { OutsideHolder } from './outside-holder.entity.js';
import { OutsideHolders } from './outside-holders.service.js';

/** Knows how each holder outside is asked: a service over HTTP, a database by its manifest, a person by a task. */
@Injectable()
export class HolderConnections {
  constructor(
    private readonly holders: OutsideHolders,
    private readonly services: HolderClient,
    private readonly databases: DatabaseClient,
  ) {}

  async to(holder: OutsideHolder): Promise<HolderConnection> {
    if (holder.kind === 'person') return leftToPeople(holder);
    if (holder.kind === 'service') return bound(this.services, await this.holders.addressOf(holder));
    return bound(this.databases, await this.holders.databaseOf(holder));
  }
}

/** Whatever is asked is a task for a person. */
function leftToPeople({ code, categories }: OutsideHolder): HolderConnection {
  return {
    identify: () => Promise.resolve({ name: code, contract: contractVersion, categories }),
    describe: () => Promise.resolve({ outcome: 'manual', holdings: [] }),
    act: () => Promise.resolve({ ...nothingToDo, outcome: 'manual' }),
    export: () => null,
  };
}

type Client<Address> = {
  readonly [Act in keyof HolderConnection]: (
    address: Address,
    ...asked: Parameters<HolderConnection[Act]>
  ) => ReturnType<HolderConnection[Act]>;
};

function bound<Address>(client: Client<Address>, address: Address): HolderConnection {
  return {
    identify: () => client.identify(address),
    describe: (...asked) => client.describe(address, ...asked),
    act: (...asked) => client.act(address, ...asked),
    export: (...asked) => client.export(address, ...asked),
  };
}
