import { Injectable } from '@nestjs/common';
import { Attempts, type WindowLimit } from '@abide/identity';
import { Database } from '@abide/platform';
import type { Uploader } from './attachment.entity.js';
import { refusal } from './attachments.errors.js';

const fromNetwork: Readonly<Record<'subject' | 'public', WindowLimit>> = {
  subject: { most: 100, seconds: 600 },
  public: { most: 20, seconds: 600 },
};
const bySomebody: Readonly<Record<'subject' | 'operator', WindowLimit>> = {
  subject: { most: 30, seconds: 3600 },
  operator: { most: 200, seconds: 3600 },
};

/** For what waits to be cited, of all uploaders of a kind together: accounts and networks are cheap, the disk is everybody's. */
export const roomInBytes = 2 * 1024 ** 3;

/** How much may be uploaded, by whom and from where. */
@Injectable()
export class UploadLimits {
  constructor(
    private readonly attempts: Attempts,
    private readonly db: Database,
  ) {}

  /** Consumes one upload. Not in a transaction: what is consumed stays consumed. @throws DomainError `session.too_many_attempts`, `attachment.no_room` */
  async consume(uploader: Uploader): Promise<void> {
    if (uploader.kind !== 'operator')
      await this.attempts.consumeOneFromNetwork(`uploads.${uploader.kind}`, fromNetwork[uploader.kind]);
    if (uploader.kind !== 'public') await this.attempts.consumeOne(nameOf(uploader), bySomebody[uploader.kind]);
    const [waiting] = await this.db.query<{ bytes: string }>(
      'SELECT coalesce(sum(bytes), 0) AS bytes FROM attachments.attachments WHERE uploader = $1 AND cited_id IS NULL',
      [uploader.kind],
    );
    if (Number(waiting?.bytes) >= roomInBytes) throw refusal('attachment.no_room');
  }

  /** Forgets what a subject has consumed. */
  async forget(subjectId: string): Promise<void> {
    await this.attempts.forgive(nameOf({ kind: 'subject', id: subjectId }));
  }
}

function nameOf({ kind, id }: Exclude<Uploader, { kind: 'public' }>): string {
  return `uploads|${kind}|${id}`;
}
