import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '@abide/kernel';
import { ApiPageOf, ApiProblems, ForOperator } from '@abide/platform';
import { ConsentRatesResponse, RatesQuery, toConsentRates } from '../statistics/consent-rates.dto.js';
import { ConsentRates } from '../statistics/consent-rates.queries.js';
import { ConsentSearchQuery, FoundConsentDto, toFoundConsent } from './consent-search.dto.js';
import { ConsentSearch } from './consent-search.queries.js';
import { ReconsentResponse, toReconsent } from '../reconsent/reconsent.dto.js';
import { ReconsentQueries } from '../reconsent/reconsent.queries.js';

/** What operators see of consents: rates, single ones, and how far consenting again has come. */
@ApiTags('Operators')
@Controller('operator/consents')
export class OperatorConsentsController {
  constructor(
    private readonly rates: ConsentRates,
    private readonly search: ConsentSearch,
    private readonly reconsent: ReconsentQueries,
  ) {}

  @Get()
  @ForOperator('subject.read')
  @ApiOperation({
    summary: 'Consents as they stand, the latest change first',
    description: 'A page may hold fewer than asked for and still have a `nextCursor`.',
    operationId: 'searchConsents',
  })
  @ApiPageOf(FoundConsentDto)
  @ApiProblems(400, 'request.bad_cursor', 'request.invalid')
  @ApiProblems(401, 'session.expired')
  @ApiProblems(403, 'operator.forbidden')
  async find(@Query() query: ConsentSearchQuery): Promise<Page<FoundConsentDto>> {
    const { items, nextCursor } = await this.search.page(query);
    return { items: items.map(toFoundConsent), nextCursor };
  }

  @Get('rates')
  @ForOperator('overview.read')
  @ApiOperation({
    summary: 'How many subjects consented, day by day and purpose by purpose',
    operationId: 'getConsentRates',
  })
  @ApiOkResponse({ type: ConsentRatesResponse })
  @ApiProblems(400, 'request.invalid')
  @ApiProblems(401, 'session.expired')
  @ApiProblems(403, 'operator.forbidden')
  async ratesOf(@Query() query: RatesQuery): Promise<ConsentRatesResponse> {
    return toConsentRates(await this.rates.of(query));
  }

  @Get('reconsent')
  @ForOperator('overview.read')
  @ApiOperation({
    summary: 'Whose consent a revision made stale, and how many consented again',
    operationId: 'getReconsentProgress',
  })
  @ApiOkResponse({ type: ReconsentResponse })
  @ApiProblems(401, 'session.expired')
  @ApiProblems(403, 'operator.forbidden')
  async reconsentProgress(): Promise<ReconsentResponse> {
    return { items: (await this.reconsent.all()).map(toReconsent) };
  }
}
