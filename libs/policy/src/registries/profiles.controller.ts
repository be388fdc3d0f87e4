import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '@abide/kernel';
import { ApiPageOf, ForOperator, PageQuery } from '@abide/platform';
import { ProfileDto, toProfile } from './profile.dto.js';
import { Registries } from './registries.js';

/** The legal numbers that policies are compiled with, one versioned profile per jurisdiction. */
@ApiTags('Operators')
@Controller('operator/profiles')
export class ProfilesController {
  constructor(private readonly registries: Registries) {}

  @Get()
  @ForOperator('registry.read')
  @ApiOperation({ summary: 'List the profiles, newest version first', operationId: 'listProfiles' })
  @ApiPageOf(ProfileDto)
  async list(@Query() query: PageQuery): Promise<Page<ProfileDto>> {
    const { items, nextCursor } = await this.registries.profiles(query);
    return { items: items.map(toProfile), nextCursor };
  }
}
