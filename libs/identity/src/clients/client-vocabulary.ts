import { Injectable } from '@nestjs/common';
import { DomainError } from '@abide/kernel';
import type { ClientReach, CodeNames } from './client-bounds.js';

export type VocabularySource = () => Promise<{ readonly [List in keyof CodeNames]: CodeNames[List] | null }>;

/** Knows which purposes and services a client can be bound to: registered by the module that keeps them. Null where a list is not kept. */
@Injectable()
export class ClientVocabulary {
  private source: VocabularySource = async () => ({ purposes: null, services: null });

  register(source: VocabularySource): void {
    this.source = source;
  }

  async names(): Promise<CodeNames> {
    const { purposes, services } = await this.source();
    return { purposes: purposes ?? new Map(), services: services ?? new Map() };
  }

  /** @throws DomainError `request.invalid` for codes that are not registered: a misspelt bound shuts the client out, and opens whatever comes to be called so */
  async requireKnown({ purposes, services }: Pick<ClientReach, 'purposes' | 'services'>): Promise<void> {
    const known = await this.source();
    const errors = [
      ...unknownAmong(purposes, known.purposes, '/purposes'),
      ...unknownAmong(services, known.services, '/services'),
    ];
    if (errors.length > 0)
      throw new DomainError('invalid', 'request.invalid', {
        detail: 'Some purposes or services are not registered. Nothing was stored; correct them and send again.',
        errors,
      });
  }
}

function unknownAmong(codes: readonly string[] | null, known: ReadonlyMap<string, unknown> | null, pointer: string) {
  if (codes === null || known === null) return [];
  return codes.flatMap((code, index) =>
    known.has(code)
      ? []
      : [{ pointer: `${pointer}/${index}`, code: 'unknown', message: 'Nothing is registered under this code.' }],
  );
}
