import { Body, Controller, Get, Header, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { CurrentSubject, Flag, ForEveryone, ForSubject, Instant, type SubjectPrincipal } from '@abide/platform';
import { Preferences, type Positioning, type PrivacyControl } from './preferences.service.js';

class PositioningRequest {
  @Flag({ description: 'Whether location may be collected at all' }) readonly on: boolean = false;
}

class PositioningResponse {
  @Flag() readonly on: boolean = false;
  @Instant({ nullable: true }) readonly changedAt: string | null = null;
}

class PreferencesRequest {
  @Flag({ description: 'false: what my browser signals does not speak for me' })
  readonly globalPrivacyControl: boolean = false;
}

class PreferencesResponse {
  @Flag() readonly globalPrivacyControl: boolean = false;
  @Instant({ nullable: true, description: 'Since when it stands' }) readonly since: string | null = null;
  @Flag({ description: 'I said that the signal does not speak for me' }) readonly cleared: boolean = false;
}

class GpcSupport {
  @ApiProperty() readonly gpc: boolean = true;
  @ApiProperty({ format: 'date' }) readonly lastUpdate: string = '';
}

/** The positioning switch and Global Privacy Control. */
@Controller()
export class PreferencesController {
  constructor(private readonly preferences: Preferences) {}

  @Get('me/positioning')
  @ForSubject({ countsAsUse: false })
  @ApiTags('Client apps')
  @ApiOperation({ summary: 'Whether positioning is on', operationId: 'getMyPositioning' })
  @ApiOkResponse({ type: PositioningResponse })
  async positioning(@CurrentSubject() { subjectId }: SubjectPrincipal): Promise<PositioningResponse> {
    return toPositioning(await this.preferences.positioning(subjectId));
  }

  @Put('me/positioning')
  @ForSubject({ countsAsUse: false })
  @ApiTags('Client apps')
  @ApiOperation({
    summary: 'Switch positioning on or off; from the answer to an off on, no location is stored',
    operationId: 'setMyPositioning',
  })
  @ApiOkResponse({ type: PositioningResponse })
  async switch(
    @Body() { on }: PositioningRequest,
    @CurrentSubject() { subjectId }: SubjectPrincipal,
  ): Promise<PositioningResponse> {
    return toPositioning(await this.preferences.switchPositioning(subjectId, on));
  }

  @Get('me/preferences')
  @ForSubject({ countsAsUse: false })
  @ApiTags('Client apps')
  @ApiOperation({ summary: 'My choices that are no consents', operationId: 'getMyPreferences' })
  @ApiOkResponse({ type: PreferencesResponse })
  async read(@CurrentSubject() { subjectId }: SubjectPrincipal): Promise<PreferencesResponse> {
    return toPreferences(await this.preferences.privacyControl(subjectId));
  }

  @Put('me/preferences')
  @ForSubject({ countsAsUse: false })
  @ApiTags('Client apps')
  @ApiOperation({
    summary: 'Set or clear Global Privacy Control; what I say here stands above what my browser sends',
    operationId: 'setMyPreferences',
  })
  @ApiOkResponse({ type: PreferencesResponse })
  async set(
    @Body() { globalPrivacyControl }: PreferencesRequest,
    @CurrentSubject() { subjectId }: SubjectPrincipal,
  ): Promise<PreferencesResponse> {
    return toPreferences(await this.preferences.setPrivacyControl(subjectId, globalPrivacyControl));
  }

  @Get('.well-known/gpc.json')
  @ForEveryone()
  @Header('cache-control', 'public, max-age=86400')
  @ApiTags('Client apps')
  @ApiOperation({ summary: 'That Global Privacy Control is honoured (W3C GPC)', operationId: 'getGpcSupport' })
  @ApiOkResponse({ type: GpcSupport })
  support(): GpcSupport {
    return { gpc: true, lastUpdate: '2026-11-26' };
  }
}

function toPositioning({ isOn, changedAt }: Positioning): PositioningResponse {
  return { on: isOn, changedAt: changedAt?.toISOString() ?? null };
}

function toPreferences({ since, isCleared }: PrivacyControl): PreferencesResponse {
  return { globalPrivacyControl: since !== null, since: since?.toISOString() ?? null, cleared: isCleared };
}
