import { Injectable } from '@nestjs/common';
import { DomainError } from '@abide/kernel';
import { Database } from '@abide/platform';
import { secondPersonRoles, type Role } from './roles.js';

/** What waits for a second person: who asked for it, and the operator it is about, where it is about one. */
export interface AskedFor {
  readonly proposedBy: string;
  readonly about?: string | null;
}

interface Candidate {
  id: string;
  roles: Role[];
  is_active: boolean;
}

/**
 * Who has to agree to what one administrator asks for: another administrator, or a privacy officer where there is none.
 * Either counts on where one person alone has suspended them, so that nobody comes to be alone by suspending.
 */
@Injectable()
export class SecondPerson {
  constructor(private readonly db: Database) {}

  /** Keeps everybody else from changing operators until the open transaction ends. */
  async lockOperators(): Promise<void> {
    await this.db.query("SELECT pg_advisory_xact_lock(hashtext('identity.operators'))");
  }

  /**
   * Whether nobody could agree to what `by` asks for, so that they act alone: this installation never had a second administrator, and no
   * privacy officer is there. It stays so until the open transaction ends.
   */
  async isSingleHanded(by: string): Promise<boolean> {
    await this.lockOperators();
    const administrators = await this.db.query('SELECT 1 FROM identity.operators WHERE has_been_administrator LIMIT 2');
    return administrators.length < 2 && (await this.othersThan([by])).length === 0;
  }

  /**
   * Passes where `by` may agree to, or refuse, what somebody else asked for.
   * @throws DomainError `operator.own_change` for whoever asked, `operator.own_benefit` for whom it is about,
   * `operator.second_person_only` for anybody who is neither administrator nor, where there is no other, privacy officer.
   */
  async requireMayDecide(by: string, { proposedBy, about = null }: AskedFor): Promise<void> {
    if (by === proposedBy)
      throw new DomainError('forbidden', 'operator.own_change', {
        detail: 'Whoever proposed a change does not decide on it. Ask another administrator.',
      });
    if (by === about)
      throw new DomainError('forbidden', 'operator.own_benefit', {
        detail: 'Nobody decides on a change to their own access. Ask another administrator.',
      });
    await this.lockOperators();
    const others = await this.othersThan([proposedBy, about]);
    const decider = others.find(({ id, is_active }) => id === by && is_active);
    if (decider?.roles.includes('administrator')) return;
    const needsAdministrator = others.some(({ roles }) => roles.includes('administrator'));
    if (decider?.roles.includes('privacyOfficer') && !needsAdministrator) return;
    throw new DomainError('forbidden', 'operator.second_person_only', {
      detail:
        'Another administrator has to decide on this; a privacy officer may where there is no other administrator. One whose suspension nobody has confirmed still counts.',
    });
  }

  /** Administrators and privacy officers who are active, or whom one person alone has suspended. */
  private othersThan(ids: readonly (string | null)[]): Promise<Candidate[]> {
    return this.db.query<Candidate>(
      `SELECT id, roles, is_active FROM identity.operators
       WHERE roles && $2 AND (is_active OR suspended_by IS NOT NULL) AND id <> ALL ($1::uuid[])`,
      [ids.filter((id) => id !== null), secondPersonRoles],
    );
  }
}
