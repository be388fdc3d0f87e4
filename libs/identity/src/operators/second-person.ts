import { Injectable } from '@nestjs/common';
import { DomainError } from '@abide/kernel';
import { Database } from '@abide/platform';
import { secondPersonRoles, type Role } from './roles.js';

/** What waits for a second person: who asked for it, and whom it is about or who would gain by it. */
interface AskedFor {
  readonly proposedBy: string;
  readonly beneficiaries: readonly string[];
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
    return administrators.length < 2 && (await this.candidates()).every(({ id }) => id === by);
  }

  /**
   * Passes where `by` may agree to, or refuse, what somebody else asked for. It stays so until the open transaction ends.
   * @throws DomainError `operator.own_change` for whoever asked, `operator.own_benefit` for whom it is about or who would gain by it,
   * `operator.second_person_only` for anybody who is neither administrator nor, where there is no other, privacy officer.
   */
  async requireMayDecide(by: string, asked: AskedFor): Promise<void> {
    await this.lockOperators();
    const refused = refusalOf(by, asked, await this.candidates());
    if (refused) throw refused;
  }

  /** What of several things `by` may decide on, as it stands now. */
  async decidableBy(by: string): Promise<(asked: AskedFor) => boolean> {
    const candidates = await this.candidates();
    return (asked) => refusalOf(by, asked, candidates) === null;
  }

  /** Administrators and privacy officers who are active, or whom one person alone has suspended. */
  private candidates(): Promise<Candidate[]> {
    return this.db.query<Candidate>(
      'SELECT id, roles, is_active FROM identity.operators WHERE roles && $1 AND (is_active OR suspended_by IS NOT NULL)',
      [secondPersonRoles],
    );
  }
}

/** Why `by` may not decide; null where they may. Who asked for it and who would gain by it count for nobody's second person. */
function refusalOf(
  by: string,
  { proposedBy, beneficiaries }: AskedFor,
  candidates: readonly Candidate[],
): DomainError | null {
  if (by === proposedBy)
    return new DomainError('forbidden', 'operator.own_change', {
      detail: 'Whoever proposed a change does not decide on it. Ask another administrator.',
    });
  if (beneficiaries.includes(by))
    return new DomainError('forbidden', 'operator.own_benefit', {
      detail: 'Nobody decides on a change to their own access. Ask another administrator.',
    });
  const others = candidates.filter(({ id }) => id !== proposedBy && !beneficiaries.includes(id));
  const decider = others.find(({ id, is_active }) => id === by && is_active);
  if (decider?.roles.includes('administrator')) return null;
  const needsAdministrator = others.some(({ roles }) => roles.includes('administrator'));
  if (decider?.roles.includes('privacyOfficer') && !needsAdministrator) return null;
  return new DomainError('forbidden', 'operator.second_person_only', {
    detail:
      'Another administrator has to decide on this; a privacy officer may where there is no other administrator. One whose suspension nobody has confirmed still counts.',
  });
}
