import { Controller, Get, Param, ParseUUIDPipe, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { ApiProblems, CurrentSubject, ForSubject, type SubjectPrincipal } from '@abide/platform';
import { RequestRecords } from '../requests/request-records.js';
import type { SubjectRequest } from '../requests/request.entity.js';
import { Packages, type Fetched } from './packages.service.js';

/** What somebody asked to see, to be fetched by them alone. */
@ApiTags('Client apps')
@Controller('me/requests')
export class PackageController {
  constructor(
    private readonly records: RequestRecords,
    private readonly packages: Packages,
  ) {}

  @Get(':id/package')
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Fetch what I asked to see: a page to read, and JSON and CSV for machines',
    description:
      'A zip. Takes a sign-in, or a code for this request, of the last fifteen minutes. Each time is counted; after fourteen days it is destroyed.',
    operationId: 'fetchMyPackage',
  })
  @ApiProduces('application/zip')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiProblems(403, 'request.asked_by_guardian', 'request.asked_by_relative', 'access.reauthentication_needed')
  @ApiProblems(404, 'request.not_found', 'request.no_package')
  @ApiProblems(409, 'request.unproven')
  @ApiProblems(410, 'request.package_expired')
  async fetch(@CurrentSubject() by: SubjectPrincipal, @Param('id', ParseUUIDPipe) id: string): Promise<StreamableFile> {
    const request = await this.records.get(id, by.subjectId);
    request.requireAskedByThem();
    return packageFile(request, await this.packages.fetchAs(by, request));
  }
}

/** A package as it is sent. */
export function packageFile({ number }: SubjectRequest, { bytes, content }: Fetched): StreamableFile {
  const disposition = `attachment; filename="${number}.zip"`;
  return new StreamableFile(content, { type: 'application/zip', length: bytes, disposition });
}
