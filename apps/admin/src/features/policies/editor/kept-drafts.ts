import type { PolicyDocument } from '@abide/rulebook';

/** A text kept in this browser until it is saved: what was typed, what it was made from, and when. */
export interface KeptDraft {
  readonly document: PolicyDocument;
  readonly basedOn: string | null;
  readonly keptAt: string;
}

/** Keeps unsaved texts, apart for each operator and policy. A full or forbidden storage costs only the safety net. */
export class KeptDrafts {
  constructor(
    private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
    private readonly operatorId: string,
  ) {}

  keep(slug: string, draft: KeptDraft): boolean {
    try {
      this.storage.setItem(this.keyOf(slug), JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }

  find(slug: string): KeptDraft | null {
    try {
      const kept: unknown = JSON.parse(this.storage.getItem(this.keyOf(slug)) ?? 'null');
      return isKeptDraft(kept) ? kept : null;
    } catch {
      return null;
    }
  }

  forget(slug: string): void {
    this.storage.removeItem(this.keyOf(slug));
  }

  private keyOf(slug: string): string {
    return `abide.draft.${this.operatorId}.${slug}`;
  }
}

function isKeptDraft(value: unknown): value is KeptDraft {
  return typeof value === 'object' && value !== null && 'document' in value && 'keptAt' in value && typeof value.keptAt === 'string';
}
