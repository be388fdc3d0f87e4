import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import type { GrantEvidence } from '@abide/identity';
import { Clock, type Localized } from '@abide/kernel';
import { Database, newWebhookSecret, type ExpectedHolder } from '@abide/platform';
import { Vault } from '@abide/vault';
import { In, Repository } from 'typeorm';
import { refusal } from '../holders.errors.js';
import type { MappedDatabase } from '../database/database-client.js';
import { keptManifest } from '../database/manifest.js';
import type { HolderAddress } from '../protocol/holder-client.js';
import type { HolderFailureCode } from '../protocol/holder-failure.js';
import type { DatabaseWish } from './holder-terms.rules.js';
import { FormerSecrets } from './former-secrets.service.js';
import { OutsideHolder, outsidePrefix, type HolderTerms, type OutsideState } from './outside-holder.entity.js';

export interface Registering {
  readonly id?: string;
  /** Who may have the secret shown. */
  readonly secretFor: string | null;
  readonly evidence: GrantEvidence | { readonly madeOnServer: true };
  /** One that the holder has already; else a new one is made. */
  readonly secret?: string;
}

/** The holders outside that are registered, with how they are. Who may register them is decided by `HolderChanges`. */
@Injectable()
export class OutsideHolders {
  private readonly logger = new Logger('OutsideHolders');

  constructor(
    @InjectRepository(OutsideHolder) private readonly holderRepository: Repository<OutsideHolder>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly vault: Vault,
    private readonly audit: Audit,
    private readonly formerSecrets: FormerSecrets,
  ) {}

  /** The oldest first, those that were removed included. */
  async list(): Promise<OutsideHolder[]> {
    return this.holderRepository.find({ order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /** @throws DomainError `holder.not_found` */
  async get(id: string): Promise<OutsideHolder> {
    const holder = await this.findById(id);
    if (!holder) throw refusal('holder.not_found');
    return holder;
  }

  async findById(id: string): Promise<OutsideHolder | null> {
    return this.holderRepository.findOneBy({ id });
  }

  /** As `get`, locked until the open transaction ends. */
  async lock(id: string): Promise<OutsideHolder> {
    const holder = await this.holderRepository.findOne({ where: { id }, lock: { mode: 'for_no_key_update' } });
    if (!holder) throw refusal('holder.not_found');
    return holder;
  }

  /** By the name that requests keep; null where nobody was ever registered by it. */
  async find(holderName: string): Promise<OutsideHolder | null> {
    if (!holderName.startsWith(outsidePrefix)) return null;
    return this.holderRepository.findOneBy({ code: holderName.slice(outsidePrefix.length) });
  }

  /** Who outside has to answer what begins now; whoever is suspended has to as well, later. */
  async expected(): Promise<ExpectedHolder[]> {
    const holders = await this.holderRepository.find({
      where: { state: In(['active', 'suspended']) },
      order: { code: 'ASC' },
    });
    return holders.map(({ holderName }) => ({ name: holderName, phase: 'outside', tables: [] }));
  }

  /** What people call holders outside, by the name that requests keep. */
  async namesOf(holderNames: readonly string[]): Promise<Readonly<Record<string, Localized>>> {
    if (!holderNames.some((name) => name.startsWith(outsidePrefix))) return {};
    const named = (await this.list()).filter(({ holderName }) => holderNames.includes(holderName));
    return Object.fromEntries(named.map(({ holderName, name }) => [holderName, name]));
  }

  /** Joins the open transaction. @throws DomainError `holder.code_taken` */
  async register(terms: HolderTerms, { id, secretFor, evidence, secret }: Registering): Promise<OutsideHolder> {
    return this.db.transaction(async () => {
      await this.requireFree(terms.code);
      const holder = OutsideHolder.register(terms, { secretFor, at: this.clock.now(), ...(id ? { id } : {}) });
      holder.secret = await this.vault.sealSecret(secretName(holder.id), secret ?? newWebhookSecret());
      await this.holderRepository.insert(holder);
      await this.record('registered', holder, { ...evidence, address: holder.baseUrl });
      return holder;
    });
  }

  async turn(
    id: string,
    { from, to, act }: { readonly from: readonly OutsideState[]; readonly to: OutsideState; readonly act: string },
    details: Readonly<Record<string, string | boolean | null>>,
  ): Promise<OutsideHolder> {
    return this.db.transaction(async () => {
      const holder = await this.lock(id);
      holder.turn(from, to);
      await this.holderRepository.update({ id }, { state: holder.state, version: holder.version });
      await this.record(act, holder, details);
      return holder;
    });
  }

  /** Lets its secret be replaced, once whoever proposed that comes for the new one. Joins the open transaction. @throws DomainError `holder.signs_nothing`, `holder.state` */
  async letReplaceSecret(
    id: string,
    proposedBy: string,
    details: GrantEvidence & { readonly reason: string },
  ): Promise<OutsideHolder> {
    return this.db.transaction(async () => {
      const holder = await this.lock(id);
      holder.letReplaceSecret(proposedBy);
      await this.holderRepository.save(holder);
      await this.record('secretReplacementAgreed', holder, details);
      return holder;
    });
  }

  /**
   * Shows the secret once, to whoever proposed the holder or that its secret is replaced: then it is made anew, and the former one counts for another day,
   * from now on, since nobody could give the new one to the other side before. @throws DomainError `holder.no_secret_due`
   */
  async showSecret(id: string, operatorId: string): Promise<string> {
    return this.db.transaction(async () => {
      const holder = await this.lock(id);
      if (holder.secretFor !== operatorId || holder.state === 'removed') throw refusal('holder.no_secret_due');
      if (holder.isSecretReplaced) await this.replaceSecret(holder);
      Object.assign(holder, { secretFor: null, isSecretReplaced: false });
      await this.holderRepository.save(holder);
      await this.record('secretShown', holder, {});
      return this.secretOf(holder);
    });
  }

  /** Of a service. @throws Error where it is a database, whose secret signs nothing */
  async addressOf(holder: OutsideHolder): Promise<HolderAddress> {
    if (holder.manifest !== null) throw new Error('A database is asked as if it were a service');
    const { baseUrl, networks } = holder;
    const secrets = [await this.secretOf(holder), ...(await this.formerSecrets.goodOf(holder.id))];
    return { baseUrl, networks, secrets };
  }

  /** Of a database. */
  async databaseOf(holder: OutsideHolder): Promise<MappedDatabase> {
    const { manifest, ...text } = await this.databaseText(holder);
    return { ...text, manifest: keptManifest(manifest) };
  }

  /** The same, its manifest as it was written. @throws DomainError `holder.no_database` */
  async databaseText(holder: OutsideHolder): Promise<DatabaseWish> {
    const manifest = holder.requireManifest();
    return { url: await this.secretOf(holder), networks: holder.networks, manifest };
  }

  /** How a database is reached and what lies where in it, anew. Joins the open transaction. @throws DomainError `holder.no_database`, `holder.state` */
  async changeDatabase(
    id: string,
    {
      secret,
      ...terms
    }: Pick<HolderTerms, 'baseUrl' | 'networks' | 'categories' | 'manifest'> & { readonly secret: string | null },
    evidence: Registering['evidence'],
  ): Promise<OutsideHolder> {
    return this.db.transaction(async () => {
      const holder = await this.lock(id);
      holder.changeDatabase(terms);
      if (secret !== null) holder.secret = await this.vault.sealSecret(secretName(id), secret);
      await this.holderRepository.save(holder);
      await this.record('databaseChanged', holder, { ...evidence, address: holder.baseUrl });
      return holder;
    });
  }

  /** Where a service that runs beside the product listens now. Joins the open transaction. @throws DomainError `holder.state` */
  async move(id: string, baseUrl: string): Promise<void> {
    await this.db.transaction(async () => {
      const holder = await this.lock(id);
      holder.move(baseUrl);
      await this.holderRepository.save(holder);
      await this.record('moved', holder, { madeOnServer: true, address: baseUrl });
    });
  }

  /** Keeps how it was the last time it was asked. */
  async noteHealth(holder: OutsideHolder, failure: HolderFailureCode | null): Promise<void> {
    const now = this.clock.now();
    const { id } = holder;
    await this.db.transaction(async () => {
      if (failure === 'schemaChanged' && holder.lastFailure !== failure) await this.alarm(holder);
      await this.db.execute(
        `UPDATE holders.outside_holders SET last_asked_at = $2, last_failure = $3,
         last_answered_at = CASE WHEN $3::text IS NULL THEN $2 ELSE last_answered_at END,
         failing_since = CASE WHEN $3::text IS NULL THEN NULL ELSE coalesce(failing_since, $2) END
       WHERE id = $1`,
        [id, now, failure],
      );
    });
  }

  /** @throws DomainError `holder.code_taken` */
  async requireFree(code: string): Promise<void> {
    if (await this.holderRepository.existsBy({ code })) throw refusal('holder.code_taken');
  }

  private async alarm(holder: OutsideHolder): Promise<void> {
    this.logger.error(`The database ${holder.code} is no longer as its manifest says; nothing is done there`);
    await this.record('schemaChanged', holder, {});
  }

  private async replaceSecret(holder: OutsideHolder): Promise<void> {
    const formerGoodUntil = await this.formerSecrets.keep(holder.id, await this.secretOf(holder));
    holder.secret = await this.vault.sealSecret(secretName(holder.id), newWebhookSecret());
    await this.record('secretReplaced', holder, { formerGoodUntil: formerGoodUntil.toISOString() });
  }

  private secretOf({ id, secret }: OutsideHolder): Promise<string> {
    return this.vault.openSecret(secretName(id), secret);
  }

  private async record(
    act: string,
    { id, code }: OutsideHolder,
    details: Readonly<Record<string, string | boolean | null>>,
  ): Promise<void> {
    await this.audit.record({ act: `holder.${act}`, object: { type: 'holder', id }, details: { code, ...details } });
  }
}

function secretName(id: string): string {
  return `holders.outside_holders/${id}`;
}
