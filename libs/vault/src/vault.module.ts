import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { Config } from '@abide/platform';
import { FileKeys } from './files/file-keys.service.js';
import { SealedFiles } from './files/sealed-files.service.js';
import { EpochKeys } from './epoch-keys.service.js';
import { IdentifierClaims } from './identifier-claims.service.js';
import { KeyProvider } from './key-provider.js';
import { KeyRotation } from './key-rotation.service.js';
import { LocalKeyFile } from './local-key-file.js';
import { ServerKeys } from './server-keys.service.js';
import { SubjectKeys } from './subject-keys.service.js';
import { Suppressions } from './suppressions.js';
import { VaultHolder } from './vault.holder.js';
import { Vault } from './vault.service.js';

/** Subject keys, sealing, blind indexes and identifier claims. Global. */
@Global()
@Module({
  providers: [
    { provide: KeyProvider, inject: [Config], useFactory: (config: Config) => new LocalKeyFile(config) },
    EpochKeys,
    SubjectKeys,
    ServerKeys,
    Suppressions,
    Vault,
    IdentifierClaims,
    KeyRotation,
    FileKeys,
    SealedFiles,
    VaultHolder,
  ],
  exports: [Vault, IdentifierClaims, KeyRotation, SealedFiles],
})
export class VaultModule implements OnModuleInit {
  constructor(
    private readonly epochKeys: EpochKeys,
    private readonly serverKeys: ServerKeys,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.epochKeys.open();
    await this.serverKeys.open();
  }
}
