import { Injectable } from '@nestjs/common';
import { Database } from '@abide/platform';
import { SealedFiles } from '@abide/vault';

/** Deletes attachments with their files, and so destroys the keys of these. */
@Injectable()
export class AttachmentRemoval {
  constructor(
    private readonly db: Database,
    private readonly files: SealedFiles,
  ) {}

  /** Those, called `held`, that `where` finds. Joins the open transaction. Resolves to how many there were. */
  async removeWhere(where: string, parameters: readonly unknown[]): Promise<number> {
    return this.db.transaction(async () => {
      const gone = await this.db.query<{ id: string }>(
        `DELETE FROM attachments.attachments AS held WHERE ${where} RETURNING id`,
        parameters,
      );
      await this.files.delete(...gone.map(({ id }) => id));
      return gone.length;
    });
  }
}
