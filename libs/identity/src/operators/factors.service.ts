import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, DomainError } from '@abide/kernel';
import { Config, Database } from '@abide/platform';
import { Vault } from '@abide/vault';
import { Repository } from 'typeorm';
import { hashToken } from '../credentials/tokens.js';
import { matchingStep, otpauthUrl, toBase32 } from '../credentials/totp.js';
import { OperatorSessions } from './operator-sessions.service.js';
import { Operator } from './operator.entity.js';
import { Operators, type GrantEvidence } from './operators.service.js';
import { SecondPerson } from './second-person.js';

const recoveryCodeCount = 10;

/** Second factors of operators: time-based codes and, for a lost phone, recovery codes. */
@Injectable()
export class Factors {
  constructor(
    @InjectRepository(Operator) private readonly operatorRepository: Repository<Operator>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly vault: Vault,
    private readonly audit: Audit,
    private readonly operators: Operators,
    private readonly secondPerson: SecondPerson,
    private readonly sessions: OperatorSessions,
  ) {}

  /** Production always asks for one; elsewhere only when ABIDE_SECOND_FACTOR=required, or once it is enrolled. */
  get areRequired(): boolean {
    return this.config.isProduction || this.config.get('ABIDE_SECOND_FACTOR') === 'required';
  }

  /** Whether the operator has to enrol one before anything else. */
  mustBeEnrolledBy(operator: Operator): boolean {
    return this.areRequired && !operator.hasSecondFactor;
  }

  async countRecoveryCodes(operatorId: string): Promise<number> {
    const rows = await this.db.query('SELECT 1 FROM identity.operator_recovery_codes WHERE operator_id = $1', [
      operatorId,
    ]);
    return rows.length;
  }

  /** Makes a secret for the operator's authenticator; it counts once `confirm` has seen a code of it. */
  async propose(operatorId: string): Promise<{ secret: string; otpauthUrl: string }> {
    const operator = await this.operators.get(operatorId);
    const secret = randomBytes(20);
    const totpCandidate = await this.vault.sealSecret(secretName(operatorId), secret.toString('hex'));
    await this.db.transaction(() => this.operatorRepository.update(operatorId, { totpCandidate }));
    return { secret: toBase32(secret), otpauthUrl: otpauthUrl(secret, operator.email) };
  }

  /**
   * Enrols the proposed secret, ends every session of the operator and answers the recovery codes, shown only now.
   * @throws DomainError `factor.nothing_proposed`, `factor.wrong_code`.
   */
  async confirm(operatorId: string, code: string): Promise<string[]> {
    return this.db.transaction(async () => {
      await this.secondPerson.lockOperators();
      const operator = await this.operators.get(operatorId);
      if (operator.totpCandidate === null) throw new DomainError('conflict', 'factor.nothing_proposed');
      const step = await this.stepOf(operatorId, operator.totpCandidate, canonical(code));
      if (step === null)
        throw new DomainError('invalid', 'factor.wrong_code', {
          detail: 'The code does not fit. Nothing was changed; try the next one.',
        });
      await this.db.execute(
        'UPDATE identity.operators SET totp_secret = totp_candidate, totp_candidate = NULL, totp_last_step = $2, version = version + 1 WHERE id = $1',
        [operatorId, step],
      );
      const codes = await this.replaceRecoveryCodes(operatorId);
      await this.sessions.endAllOf(operatorId, 'factorChanged');
      await this.audit.record({ act: 'operator.factorEnrolled', object: { type: 'operator', id: operatorId } });
      return codes;
    });
  }

  /** Takes the second factor away and ends every session. @throws DomainError `factor.required` where one must stay. */
  async remove(operatorId: string): Promise<void> {
    if (this.areRequired)
      throw new DomainError('conflict', 'factor.required', {
        detail: 'A second factor is required here. Enrol a new one instead.',
      });
    await this.clear(operatorId);
  }

  /** An administrator takes away a lost factor; the operator enrols another at the next sign-in. */
  async clear(operatorId: string, evidence: GrantEvidence = {}): Promise<void> {
    await this.db.transaction(async () => {
      await this.secondPerson.lockOperators();
      await this.db.execute(
        'UPDATE identity.operators SET totp_secret = NULL, totp_candidate = NULL, totp_last_step = NULL, version = version + 1, access_version = access_version + 1 WHERE id = $1',
        [operatorId],
      );
      await this.db.execute('DELETE FROM identity.operator_recovery_codes WHERE operator_id = $1', [operatorId]);
      await this.sessions.endAllOf(operatorId, 'factorChanged');
      await this.audit.record({
        act: 'operator.factorRemoved',
        object: { type: 'operator', id: operatorId },
        details: evidence,
      });
    });
  }

  /** Whether `code` is a fresh code of the authenticator or an unused recovery code; either is spent by asking. */
  async spend(operator: Operator, code: string): Promise<boolean> {
    return (await this.spendTimedCode(operator, code)) || this.spendRecoveryCode(operator.id, code);
  }

  private async spendTimedCode({ id, totpSecret }: Operator, code: string): Promise<boolean> {
    if (totpSecret === null) return false;
    const step = await this.stepOf(id, totpSecret, canonical(code));
    if (step === null) return false;
    const spent = await this.db.execute(
      'UPDATE identity.operators SET totp_last_step = $2 WHERE id = $1 AND (totp_last_step IS NULL OR totp_last_step < $2)',
      [id, step],
    );
    return spent === 1;
  }

  private async spendRecoveryCode(operatorId: string, code: string): Promise<boolean> {
    const hash = hashToken(canonical(code));
    return (
      (await this.db.execute('DELETE FROM identity.operator_recovery_codes WHERE operator_id = $1 AND code_hash = $2', [
        operatorId,
        hash,
      ])) === 1
    );
  }

  private async stepOf(operatorId: string, sealed: Buffer, code: string): Promise<number | null> {
    const secret = Buffer.from(await this.vault.openSecret(secretName(operatorId), sealed), 'hex');
    return matchingStep(secret, code, this.clock.now());
  }

  private async replaceRecoveryCodes(operatorId: string): Promise<string[]> {
    const codes = Array.from({ length: recoveryCodeCount }, newRecoveryCode);
    await this.db.execute('DELETE FROM identity.operator_recovery_codes WHERE operator_id = $1', [operatorId]);
    for (const code of codes) {
      await this.db.execute('INSERT INTO identity.operator_recovery_codes (operator_id, code_hash) VALUES ($1, $2)', [
        operatorId,
        hashToken(canonical(code)),
      ]);
    }
    return codes;
  }
}

/** Eighty random bits in four groups of four letters and digits. */
function newRecoveryCode(): string {
  return (toBase32(randomBytes(10)).toLowerCase().match(/.{4}/g) ?? []).join('-');
}

/** A code as people paste it: with spaces, hyphens, in full width. */
function canonical(code: string): string {
  return code
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{Pd}\p{Cf}−]/gu, '');
}

function secretName(operatorId: string): string {
  return `identity.operators.totp_secret|${operatorId}`;
}
