import { Injectable } from '@nestjs/common';
import { nilId } from '@abide/kernel';
import { Vault } from '@abide/vault';

interface Named {
  readonly id: string;
  readonly subjectId: string;
}

/** The names of files, sealed for whom they are about, or as a secret of the server where nobody is known. */
@Injectable()
export class AttachmentNames {
  constructor(private readonly vault: Vault) {}

  /** @throws DomainError `vault.key_destroyed`, `vault.keys_missing` */
  seal({ id, subjectId }: Named, name: string): Promise<Buffer> {
    return subjectId === nilId
      ? this.vault.sealSecret(secretOf(id), name)
      : this.vault.seal(placeOf(id, subjectId), name);
  }

  /** @throws DomainError `vault.key_destroyed`, `vault.unreadable` */
  open({ id, subjectId, name }: Named & { readonly name: Buffer }): Promise<string> {
    return subjectId === nilId
      ? this.vault.openSecret(secretOf(id), name)
      : this.vault.open(placeOf(id, subjectId), name);
  }
}

function placeOf(rowId: string, subjectId: string) {
  return { subjectId, table: 'attachments.attachments', column: 'name', rowId };
}

function secretOf(id: string): string {
  return `attachments.attachments.name|${id}`;
}
