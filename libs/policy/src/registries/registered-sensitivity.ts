import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SensitiveCategories } from '@abide/identity';
import { Registries } from './registries.js';

/** Tells whoever shows operators what is held of somebody which categories the register calls sensitive. */
@Injectable()
export class RegisteredSensitivity implements OnModuleInit {
  constructor(
    private readonly sensitive: SensitiveCategories,
    private readonly registries: Registries,
  ) {}

  onModuleInit(): void {
    this.sensitive.register(() => this.current());
  }

  private async current(): Promise<ReadonlySet<string>> {
    const { registry } = await this.registries.snapshot();
    return new Set(registry.catalogue.categories.filter(({ isSensitive }) => isSensitive).map(({ code }) => code));
  }
}
