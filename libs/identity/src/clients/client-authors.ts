import { Injectable } from '@nestjs/common';
import { RecordedActs, type RecordedAct } from '@abide/audit';
import { dayInMilliseconds } from '@abide/kernel';
import { Database } from '@abide/platform';
import { lifetimeSeconds } from '../tokens/access-tokens.service.js';

/** What a client stored, and when first. */
export interface ClientPush {
  readonly clientId: string;
  readonly at: Date;
}

/** The operators who may have written it; unknown where it may have been somebody else as well. */
export interface PushAuthors {
  readonly operatorIds: readonly string[];
  readonly isUnknown: boolean;
}

/** Who may have written what service clients store: whoever has had a secret of theirs may act as the client. */
@Injectable()
export class ClientAuthors {
  constructor(
    private readonly db: Database,
    private readonly recorded: RecordedActs,
  ) {}

  /**
   * The authors of what clients pushed. Nobody knows who made one on the server: whoever has
   * ever been an administrator may have, until a secret whose holder is known had taken its place.
   */
  async of(pushes: readonly ClientPush[]): Promise<PushAuthors> {
    if (pushes.length === 0) return { operatorIds: [], isUnknown: false };
    const makers = await this.makersOf(pushes.map(({ clientId }) => clientId));
    const isUnknown = await this.mayBeOfUnknown(pushes);
    if (!isUnknown) return { operatorIds: makers, isUnknown };
    const administrators = await this.db.query<{ id: string }>(
      'SELECT id::text FROM identity.operators WHERE has_been_administrator',
    );
    return { operatorIds: [...makers, ...administrators.map(({ id }) => id)], isUnknown };
  }

  /** The operators who made these clients, gave them a secret or collected one. Of what was before secrets named their holder, the trail tells. */
  private async makersOf(ids: readonly string[]): Promise<string[]> {
    const holders = await this.db.query<{ operator_id: string }>(
      'SELECT DISTINCT issued_to::text AS operator_id FROM identity.service_client_secrets WHERE client_id = ANY ($1::text[]) AND issued_to IS NOT NULL',
      [ids],
    );
    const acts = await this.recorded.on({
      objectType: 'client',
      objectIds: ids,
      acts: ['client.created', 'client.rotated'],
    });
    const makers = acts.filter(({ actorKind }) => actorKind === 'operator').map(({ actorId }) => actorId);
    const proposers = acts.flatMap(({ details }) =>
      typeof details['proposedBy'] === 'string' ? [details['proposedBy']] : [],
    );
    return [...new Set([...holders.map(({ operator_id }) => operator_id), ...makers, ...proposers])];
  }

  /** The first secret of a client made on the server has a holder whom no entry names; its last token outlives it. */
  private async mayBeOfUnknown(pushes: readonly ClientPush[]): Promise<boolean> {
    const objectIds = [...new Set(pushes.map(({ clientId }) => clientId))];
    const acts = await this.recorded.on({
      objectType: 'client',
      objectIds,
      acts: ['client.created', 'client.rotated'],
    });
    return pushes.some(({ clientId, at }) => {
      const own = acts.filter(({ objectId }) => objectId === clientId);
      return own.some(isOfUnknown) && !own.some((act) => hasReplacedEverything(act, at));
    });
  }
}

function isOfUnknown({ act, actorKind, details }: RecordedAct): boolean {
  return act === 'client.created' && actorKind !== 'operator' && !('proposedBy' in details) && !('issuedTo' in details);
}

/** Whoever held an earlier secret had neither it nor a token by it any more at that instant. */
function hasReplacedEverything({ act, actorKind, at, details }: RecordedAct, then: Date): boolean {
  if (act !== 'client.rotated' || actorKind !== 'operator') return false;
  const overlapDays = Number(details['overlapDays']);
  return at.getTime() + overlapDays * dayInMilliseconds + lifetimeSeconds * 1000 <= then.getTime();
}
