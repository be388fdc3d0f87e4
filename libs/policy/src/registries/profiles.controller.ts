import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '@abide/kernel';
import { ApiPageOf, ForOperator } from '@abide/platform';
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
  async list(): Promise<Page<ProfileDto>> {
    const profiles = await this.registries.profiles();
    return { items: profiles.map(toProfile), nextCursor: null };
  }
}
