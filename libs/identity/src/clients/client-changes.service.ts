import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { DomainError, newId, type Localized } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { PendingChange } from '../changes/pending-change.entity.js';
import { PendingChanges, type ChangeOutcome } from '../changes/pending-changes.service.js';
import type { GrantEvidence } from '../operators/operators.service.js';
import { opensWords, widens, type ClientReach } from './client-bounds.js';
import { ClientVocabulary } from './client-vocabulary.js';
import { openData } from './scopes.js';
import { ClientSecrets, type SecretTerms, type ShownSecret } from './client-secrets.js';
import { ServiceClients, type NewClient } from './service-clients.service.js';

const kinds = { creation: 'clientCreation', amendment: 'clientAmendment', rotation: 'clientRotation' } as const;

interface ProposedClient extends ClientReach, SecretTerms {
  readonly name: string;
}

/**
 * Four eyes on service clients: one that opens personal data names what it is for, and neither it nor a new secret of it
 * comes about by one operator alone; no client is ever widened by one alone. What narrows takes effect at once.
 */
@Injectable()
export class ClientChanges implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly clients: ServiceClients,
    private readonly secrets: ClientSecrets,
    private readonly changes: PendingChanges,
    private readonly vocabulary: ClientVocabulary,
  ) {}

  onModuleInit(): void {
    const permissions = { permission: 'client.manage', readPermission: 'client.read' } as const;
    // Of a client that has been widened since, a secret would open more than was confirmed.
    const basisNow = async ({ objectId }: PendingChange) => fingerprint(await this.clients.lock(objectId));
    this.changes.register({
      ...permissions,
      name: kinds.creation,
      basisNow: () => Promise.resolve(null),
      apply: (change, evidence) => this.applyCreation(change, evidence),
    });
    this.changes.register({
      ...permissions,
      name: kinds.amendment,
      basisNow,
      apply: (change, evidence) => this.applyAmendment(change, evidence),
    });
    this.changes.register({
      ...permissions,
      name: kinds.rotation,
      basisNow,
      apply: (change) => this.applyRotation(change),
    });
  }

  /** Adds a client, or proposes to where it opens personal data. @throws DomainError `request.invalid` where that one has no bounds. */
  async create(wanted: NewClient, by: string): Promise<ChangeOutcome<ShownSecret>> {
    const client: ProposedClient = {
      ...wanted,
      purposes: orUnbounded(wanted.purposes),
      services: orUnbounded(wanted.services),
    };
    await this.requireBounds(client);
    if (!openData(client.scopes)) return { done: await this.clients.create(client, { issuedTo: by }) };
    const about = { ...aboutClient(newId(), client), kind: kinds.creation, basis: null };
    return this.changes.proposeOrAct(
      { ...about, proposed: client, opens: await this.wordsFor(client), by },
      (evidence) => this.clients.create(client, { evidence, issuedTo: by }),
    );
  }

  /**
   * Adds a client from the server's command line, where nobody is signed in: bounded as in the console, or left without bounds in so many words, which the trail
   * says by itself. @throws DomainError `request.invalid`, `client.too_many`
   */
  async createOnServer(wanted: NewClient, { isUnbounded }: { isUnbounded: boolean }): Promise<ShownSecret> {
    const client = { ...wanted, purposes: orUnbounded(wanted.purposes), services: orUnbounded(wanted.services) };
    if (!isUnbounded) await this.requireBounds(client);
    return this.db.transaction(async () => {
      const made = await this.clients.create(client, { evidence: { madeOnServer: true } });
      if (isUnbounded)
        await this.audit.record({
          act: 'client.leftUnbounded',
          object: { type: 'client', id: made.clientId },
          details: { scopes: client.scopes.join(' '), madeOnServer: true },
        });
      return made;
    });
  }

  /** Changes what a client is for: at once where that narrows it, else proposed. @throws DomainError `client.not_found`, `request.invalid`. */
  async amend(id: string, wanted: Partial<ClientReach>, by: string): Promise<ChangeOutcome<null>> {
    return this.db.transaction(async () => {
      await this.changes.lock();
      const before = await this.clients.lock(id);
      const after: ClientReach = {
        scopes: wanted.scopes ?? before.scopes,
        purposes: orUnbounded(wanted.purposes) ?? before.purposes,
        services: orUnbounded(wanted.services) ?? before.services,
      };
      if (!widens(before, after)) return { done: await this.setReach(id, after, {}) };
      await this.requireBounds(after);
      const about = { ...aboutClient(id, before), kind: kinds.amendment, basis: fingerprint(before) };
      const proposed = { ...after, before: reachOf(before) };
      const opens = await this.wordsFor(after);
      return this.changes.proposeOrAct(
        { ...about, proposed, opens, by, beneficiaries: await this.secrets.holders(id) },
        (evidence) => this.setReach(id, after, evidence),
      );
    });
  }

  /** Gives a client a new secret; of one that opens personal data, proposes to. @throws DomainError `client.not_found`. */
  async rotate(id: string, terms: SecretTerms, by: string): Promise<ChangeOutcome<ShownSecret>> {
    return this.db.transaction(async () => {
      await this.changes.lock();
      const client = await this.clients.lock(id);
      const act = (evidence: GrantEvidence) => this.clients.rotate(id, terms, { evidence, issuedTo: by });
      if (!openData(client.scopes)) return { done: await act({}) };
      const about = { ...aboutClient(id, client), kind: kinds.rotation, basis: fingerprint(client) };
      return this.changes.proposeOrAct(
        { ...about, proposed: { ...reachOf(client), ...terms }, opens: await this.wordsFor(client), by },
        act,
      );
    });
  }

  private async applyCreation(
    { objectId, proposed, proposedBy }: PendingChange,
    evidence: GrantEvidence,
  ): Promise<void> {
    await this.clients.createForLater(
      { ...(proposed as ProposedClient), id: objectId },
      { operatorId: proposedBy, evidence },
    );
  }

  private async applyAmendment({ objectId, proposed }: PendingChange, evidence: GrantEvidence): Promise<void> {
    await this.setReach(objectId, reachOf(proposed as ClientReach), evidence);
  }

  private async applyRotation({ objectId, proposed, proposedBy }: PendingChange): Promise<void> {
    await this.clients.letCollect(objectId, proposedBy, proposed as SecretTerms);
  }

  private async setReach(id: string, reach: ClientReach, evidence: GrantEvidence): Promise<null> {
    await this.clients.setReach(id, reach, evidence);
    return null;
  }

  /** @throws DomainError `request.invalid` for codes that nobody registered, and where what opens personal data has no bounds */
  private async requireBounds(client: ClientReach): Promise<void> {
    await this.vocabulary.requireKnown(client);
    const missing = openData(client.scopes)
      ? (['purposes', 'services'] as const).filter((bound) => client[bound] === null)
      : [];
    if (missing.length === 0) return;
    const message = 'A client that opens personal data names what it is for.';
    throw new DomainError('invalid', 'request.invalid', {
      detail: `${message} Nothing was stored.`,
      errors: missing.map((bound) => ({ pointer: `/${bound}`, code: 'required', message })),
    });
  }

  private async wordsFor(client: ClientReach): Promise<Localized[]> {
    return opensWords(client, await this.vocabulary.names());
  }
}

/** A list that names nothing bounds nothing. */
function orUnbounded(codes: readonly string[] | null | undefined): readonly string[] | null {
  return codes && codes.length > 0 ? [...new Set(codes)] : null;
}

function reachOf({ scopes, purposes, services }: ClientReach): ClientReach {
  return { scopes, purposes, services };
}

function fingerprint(reach: ClientReach): string {
  return JSON.stringify(reachOf(reach));
}

function aboutClient(
  id: string,
  { name }: { readonly name: string },
): { objectType: string; objectId: string; name: Localized } {
  return { objectType: 'client', objectId: id, name: { 'zh-CN': name, en: name } };
}
