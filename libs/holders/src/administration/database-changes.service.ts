import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { PendingChanges, type ChangeOutcome, type PendingChange } from '@abide/identity';
import { Config, Database } from '@abide/platform';
import { HolderCalls } from '../calls/holder-calls.service.js';
import { databaseTerms, type DatabaseWish } from '../registry/holder-terms.rules.js';
import type { HolderTerms, OutsideHolder } from '../registry/outside-holder.entity.js';
import { OutsideHolders } from '../registry/outside-holders.service.js';
import { WaitingSecrets } from '../registry/waiting-secrets.service.js';
import { databaseWords } from './holder-words.js';

const kind = 'holderDatabaseChange';

type DatabaseTerms = Pick<HolderTerms, 'baseUrl' | 'networks' | 'categories' | 'manifest'>;

interface ProposedDatabase {
  readonly changes: DatabaseTerms;
  readonly secretId: string | null;
}

/** A database under another manifest, address or password: two operators, as when it came about. */
@Injectable()
export class DatabaseChanges implements OnModuleInit {
  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly db: Database,
    private readonly holders: OutsideHolders,
    private readonly calls: HolderCalls,
    private readonly secrets: WaitingSecrets,
    private readonly changes: PendingChanges,
  ) {}

  onModuleInit(): void {
    this.changes.register({
      name: kind,
      permission: 'holder.manage',
      readPermission: 'holder.read',
      basisNow: async ({ objectId }: PendingChange) => String((await this.holders.lock(objectId)).version),
      apply: async ({ objectId, proposed }, evidence) => {
        const { changes, secretId } = proposed as ProposedDatabase;
        const secret = secretId === null ? null : await this.secrets.take(secretId);
        await this.holders.changeDatabase(objectId, { ...changes, secret }, evidence);
        await this.calls.revive({ holderId: objectId });
      },
      undo: ({ proposed }) => this.secrets.drop((proposed as ProposedDatabase).secretId),
    });
  }

  /** What is left out stays. @throws DomainError `holder.not_found`, `holder.no_database`, `holder.state`, what `databaseTerms` refuses */
  async propose(id: string, wanted: Partial<DatabaseWish>, by: string): Promise<ChangeOutcome<OutsideHolder>> {
    return this.db.transaction(async () => {
      await this.changes.lock();
      const holder = await this.holders.lock(id);
      const before = await this.holders.databaseText(holder);
      const { url = before.url, networks = before.networks, manifest = before.manifest } = wanted;
      const terms = databaseTerms({ url, networks, manifest }, this.config);
      const { name, version } = holder;
      const about = { kind, objectType: 'holder', objectId: id, name, basis: String(version) };
      const secret = wanted.url ?? null;
      const isWaiting = secret !== null && (await this.changes.areNeeded(by));
      const secretId = isWaiting ? await this.secrets.keep(secret) : null;
      return this.changes.proposeOrAct(
        {
          ...about,
          proposed: { before: { baseUrl: holder.baseUrl, networks: holder.networks }, changes: { ...terms }, secretId },
          opens: databaseWords(terms),
          by,
        },
        (evidence) => this.holders.changeDatabase(id, { ...terms, secret }, evidence),
      );
    });
  }
}
