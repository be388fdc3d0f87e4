import { Injectable } from '@nestjs/common';
import { OutsideHolders } from '@abide/holders';
import type { Localized } from '@abide/kernel';
import { Registries } from '@abide/policy';

/** What people call kinds of data, purposes and holders outside. */
@Injectable()
export class CodeNames {
  constructor(
    private readonly registries: Registries,
    private readonly outside: OutsideHolders,
  ) {}

  /** By code; of those that are registered. */
  async of(codes: readonly string[]): Promise<Readonly<Record<string, Localized>>> {
    const { categories, purposes } = (await this.registries.snapshot()).registry.catalogue;
    const named = [...categories, ...purposes].filter(({ code }) => codes.includes(code));
    const outside = await this.outside.namesOf(codes);
    return { ...Object.fromEntries(named.map(({ code, label }) => [code, label])), ...outside };
  }
}
