import { Injectable } from '@nestjs/common';
import { SigningKeys } from '@abide/identity';
import { Database } from '@abide/platform';
import { CompactSign } from 'jose';
import { refusal } from '../consent.errors.js';

/** The `typ` of a signed receipt: tells it from an access token, which the same key set verifies. */
export const receiptType = 'consent-receipt+jws';

/** A record as it was issued, and its signature: a compact JWS (RFC 7515) over exactly these bytes. */
export interface SignedReceipt {
  readonly record: Readonly<Record<string, unknown>>;
  readonly jws: string;
}

/** Receipts as their holders get them, signed with the installation's key for receipts. */
@Injectable()
export class Receipts {
  constructor(
    private readonly db: Database,
    private readonly keys: SigningKeys,
  ) {}

  /** @throws DomainError `consent.receipt_not_found`, also for another subject's */
  async get(subjectId: string, id: string): Promise<SignedReceipt> {
    const [row] = await this.db.query<{ record: string }>(
      'SELECT record FROM consent.receipts WHERE subject_id = $1 AND id = $2',
      [subjectId, id],
    );
    if (!row) throw refusal('consent.receipt_not_found', { detail: 'There is no such receipt.' });
    const { id: kid, privateKey } = await this.keys.current('receipt');
    const jws = await new CompactSign(Buffer.from(row.record))
      .setProtectedHeader({ alg: 'EdDSA', typ: receiptType, kid })
      .sign(privateKey);
    return { record: JSON.parse(row.record) as Record<string, unknown>, jws };
  }
}
