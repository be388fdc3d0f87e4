import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Operators, PendingChanges, type ChangeOutcome, type GrantEvidence, type PendingChange } from '@abide/identity';
import { newId, type Localized } from '@abide/kernel';
import { Config, Database } from '@abide/platform';
import { refusal } from '../holders.errors.js';
import { HolderCalls } from '../calls/holder-calls.service.js';
import {
  databaseTerms,
  keptTerms,
  peopleTerms,
  type DatabaseWish,
  type PeopleWish,
} from '../registry/holder-terms.rules.js';
import type { HolderTerms, OutsideHolder } from '../registry/outside-holder.entity.js';
import { OutsideHolders } from '../registry/outside-holders.service.js';
import { WaitingSecrets } from '../registry/waiting-secrets.service.js';
import { wordsOf } from './holder-words.js';

const kinds = { creation: 'holderCreation', resumption: 'holderResumption' } as const;
const resumes = { from: ['suspended'], to: 'active', act: 'resumed' } as const;

/** Four eyes on where personal data may go: an address comes about, and is asked again, by two operators. Suspending takes one, and effect at once. */
@Injectable()
export class HolderChanges implements OnModuleInit {
  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly db: Database,
    private readonly holders: OutsideHolders,
    private readonly calls: HolderCalls,
    private readonly secrets: WaitingSecrets,
    private readonly changes: PendingChanges,
    private readonly operators: Operators,
  ) {}

  onModuleInit(): void {
    const permissions = { permission: 'holder.manage', readPermission: 'holder.read' } as const;
    this.changes.register({
      ...permissions,
      name: kinds.creation,
      basisNow: () => Promise.resolve(null),
      apply: async ({ objectId: id, proposed, proposedBy }, evidence) => {
        const { values, secretId } = proposed as ProposedHolder;
        const own = secretId
          ? { secretFor: null, secret: await this.secrets.take(secretId) }
          : { secretFor: proposedBy };
        await this.holders.register({ ...values, manifest: values.manifest ?? null }, { id, evidence, ...own });
      },
      undo: ({ proposed }) => this.secrets.drop((proposed as ProposedHolder).secretId ?? null),
    });
    this.changes.register({
      ...permissions,
      name: kinds.resumption,
      basisNow: async ({ objectId }: PendingChange) => basisOf(await this.holders.lock(objectId)),
      apply: async ({ objectId }, evidence) => {
        await this.turnOn(objectId, evidence);
      },
    });
  }

  /** @throws DomainError `holder.bad_address`, `holder.bad_network`, `holder.code_taken` */
  async register(
    wanted: Omit<HolderTerms, 'manifest' | 'answeredBy'>,
    by: string,
  ): Promise<ChangeOutcome<OutsideHolder>> {
    const terms = keptTerms(wanted, this.config);
    return this.propose(terms, { by, opens: wordsOf(terms, []), secret: null });
  }

  /** @throws DomainError `holder.cannot_answer`, `holder.code_taken` */
  async registerPeople(wish: PeopleWish, by: string): Promise<ChangeOutcome<OutsideHolder>> {
    const terms = peopleTerms(wish);
    const answering = new Set((await this.operators.holding('request.answer')).map(({ id }) => id));
    if (!terms.answeredBy.operatorIds.every((id) => answering.has(id))) throw refusal('holder.cannot_answer');
    return this.propose(terms, { by, opens: await this.opensOf(terms), secret: null });
  }

  /** Its password waits apart, sealed. @throws DomainError `holder.code_taken`, what `databaseTerms` refuses */
  async registerDatabase(
    { code, name, ...wish }: DatabaseWish & Pick<HolderTerms, 'code' | 'name'>,
    by: string,
  ): Promise<ChangeOutcome<OutsideHolder>> {
    const terms = databaseTerms(wish, this.config);
    return this.propose({ code, name, ...terms }, { by, opens: wordsOf(terms, []), secret: wish.url });
  }

  /** It is asked nothing more until two operators let it. @throws DomainError `holder.not_found`, `holder.state` */
  suspend(id: string, reason: string): Promise<OutsideHolder> {
    return this.holders.turn(id, { from: ['active'], to: 'suspended', act: 'suspended' }, { reason });
  }

  /** @throws DomainError `holder.not_found`, `holder.state` */
  async resume(id: string, by: string): Promise<ChangeOutcome<OutsideHolder>> {
    return this.db.transaction(async () => {
      await this.changes.lock();
      const holder = await this.holders.lock(id);
      if (holder.state !== 'suspended') holder.turn(['suspended'], 'active');
      const { name, baseUrl, networks, categories } = holder;
      const about = { kind: kinds.resumption, objectType: 'holder', objectId: id, name, basis: basisOf(holder) };
      return this.changes.proposeOrAct(
        {
          ...about,
          proposed: { values: { name, baseUrl, networks, categories } },
          opens: await this.opensOf(holder),
          by,
        },
        (evidence) => this.turnOn(id, evidence),
      );
    });
  }

  private async opensOf(terms: HolderTerms): Promise<Localized[]> {
    const names = await this.operators.namesOf(terms.answeredBy?.operatorIds ?? []);
    return wordsOf(terms, [...names.values()]);
  }

  private async propose(
    terms: HolderTerms,
    {
      by,
      opens,
      secret,
    }: { readonly by: string; readonly opens: readonly Localized[]; readonly secret: string | null },
  ): Promise<ChangeOutcome<OutsideHolder>> {
    return this.db.transaction(async () => {
      await this.changes.lock();
      await this.holders.requireFree(terms.code);
      const about = { kind: kinds.creation, objectType: 'holder', objectId: newId(), name: terms.name, basis: null };
      return this.changes.proposeOrAct(
        { ...about, proposed: { values: { ...terms }, ...(await this.waiting(secret, by)) }, opens, by },
        (evidence) =>
          this.holders.register(terms, {
            id: about.objectId,
            evidence,
            ...(secret === null ? { secretFor: by } : { secretFor: null, secret }),
          }),
      );
    });
  }

  /** Where the secret of what waits for a second operator lies. */
  private async waiting(secret: string | null, by: string): Promise<{ readonly secretId?: string }> {
    if (secret === null || !(await this.changes.areNeeded(by))) return {};
    return { secretId: await this.secrets.keep(secret) };
  }

  /** What it owes is asked for again at once. */
  private async turnOn(id: string, evidence: GrantEvidence): Promise<OutsideHolder> {
    const holder = await this.holders.turn(id, resumes, evidence);
    await this.calls.revive({ holderId: id });
    return holder;
  }
}

function basisOf({ version }: OutsideHolder): string {
  return String(version);
}

/** What is kept of a proposal; of a database the id of its sealed address. */
interface ProposedHolder {
  readonly values: HolderTerms;
  readonly secretId?: string;
}
