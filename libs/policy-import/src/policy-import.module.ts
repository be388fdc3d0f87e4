import { Module } from '@nestjs/common';
import { PolicyModule } from '@abide/policy';

/** The policy that an enterprise has already: read from its file, taken apart, and saved as a draft. */
@Module({ imports: [PolicyModule] })
export class PolicyImportModule {}
