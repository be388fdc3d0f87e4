import { Injectable } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { DomainError } from '@abide/kernel';
import { Database } from '@abide/platform';
import { Attempts } from '../credentials/attempts.js';
import { isWeakerThanCurrent, verifyPassword } from '../credentials/password-hash.js';
import { Factors } from './factors.service.js';
import type { Operator } from './operator.entity.js';
import { attemptName, Operators } from './operators.service.js';

export interface OperatorProof {
  readonly email: string;
  readonly password: string;
  readonly code?: string;
}

/** Decides whether somebody is the operator they say they are. */
@Injectable()
export class OperatorSignIn {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly attempts: Attempts,
    private readonly operators: Operators,
    private readonly factors: Factors,
  ) {}

  /**
   * The active operator that the proof is of. An unknown address takes the same time and gets the same answer as a
   * wrong password.
   * @throws DomainError `session.invalid_credentials`, `session.second_factor_required`, `session.too_many_attempts`.
   */
  async prove({ email, password, code }: OperatorProof): Promise<Operator> {
    return this.attempts.guard(attemptName(email), async () => {
      const found = await this.operators.findByEmail(email);
      const operator = found?.isActive ? found : null;
      const isRight = await verifyPassword(password, operator?.passwordHash ?? null);
      if (!operator || !isRight) throw await this.refusal(operator);
      await this.requireFactor(operator, code);
      if (operator.passwordHash !== null && isWeakerThanCurrent(operator.passwordHash))
        await this.operators.rehash(operator.id, password);
      return operator;
    });
  }

  private async requireFactor(operator: Operator, code: string | undefined): Promise<void> {
    if (!operator.hasSecondFactor) return;
    if (code === undefined)
      throw new DomainError('unauthenticated', 'session.second_factor_required', {
        detail: 'Enter the code of your authenticator, or a recovery code.',
      });
    if (!(await this.factors.spend(operator, code))) throw await this.refusal(operator);
  }

  private async refusal(operator: Operator | null): Promise<DomainError> {
    const id = operator?.id ?? 'unknown';
    await this.db.transaction(() =>
      this.audit.record({ act: 'operatorSession.refused', object: { type: 'operator', id } }),
    );
    return new DomainError('unauthenticated', 'session.invalid_credentials', {
      detail: 'The e-mail address, the password or the code is wrong.',
    });
  }
}
