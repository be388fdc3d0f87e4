import type { AttachmentType } from './file-type.rules.js';

/** A file that has come in and is stored for an hour, unless somebody keeps it. */
export class Upload {
  constructor(
    private readonly facts: {
      readonly fileId: string;
      readonly name: string;
      readonly type: AttachmentType;
      readonly bytes: number;
      readonly sha256: string;
    },
  ) {}

  get fileId(): string {
    return this.facts.fileId;
  }

  get name(): string {
    return this.facts.name;
  }

  get type(): AttachmentType {
    return this.facts.type;
  }

  get bytes(): number {
    return this.facts.bytes;
  }

  /** In place of a body: an Idempotency-Key comes with the same request when it is the same content under the same name. */
  toJSON(): object {
    const { name, sha256 } = this.facts;
    return { name, sha256 };
  }
}
