import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PolicyModule } from '@abide/policy';
import { Reader } from './calculation/reader.js';
import { ImportDrafts } from './imports/import-drafts.service.js';
import { ImportFileReceiver } from './imports/import-file.js';
import { PolicyImport } from './imports/policy-import.entity.js';
import { PolicyImportsController } from './imports/policy-imports.controller.js';
import { PolicyImports } from './imports/policy-imports.service.js';

/** The policy that an enterprise has already: read from its file, taken apart, and saved as a draft. */
@Module({
  imports: [TypeOrmModule.forFeature([PolicyImport]), PolicyModule],
  controllers: [PolicyImportsController],
  providers: [Reader, PolicyImports, ImportDrafts, ImportFileReceiver],
})
export class PolicyImportModule {}
