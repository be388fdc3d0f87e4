import {
  Body,
  Controller,
  Get,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Req,
  UseGuards,
  UseInterceptors,
  type StreamableFile,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import '@fastify/cookie';
import { Clock, DomainError, locales, type Locale } from '@abide/kernel';
import {
  Config,
  ForEveryone,
  OneOf,
  OneTimeCode,
  OwnPagesGuard,
  pageContentSecurityPolicy,
  requestContext,
  statusOfKind,
  Text,
} from '@abide/platform';
import { SitePages, type Html } from '@abide/policy';
import type { FastifyRequest } from 'fastify';
import { packageFile } from '../packages/package.controller.js';
import { Packages } from '../packages/packages.service.js';
import { publicRequestTypes, type PublicRequestType } from '../request-kinds.js';
import { RequestWords } from '../requests/own-request.dto.js';
import { toRequest } from '../requests/request.dto.js';
import { RequestViews } from '../requests/request-view.service.js';
import { Requests } from '../requests/requests.service.js';
import { PublicRequests } from './public-requests.service.js';
import { RequestFormFields } from './request-form.interceptor.js';
import { requestPageWords } from './request-page-words.js';
import { codePage, formPage, statePage } from './request-pages.js';

export class LanguageQuery {
  @OneOf(locales, { optional: true }) readonly lang?: Locale;
}

class PageOfRequestQuery extends LanguageQuery {
  @Text({ max: 80, optional: true, description: 'What became of a file: added, or why it was refused' })
  readonly file?: string;
}

class RequestForm {
  @OneOf(publicRequestTypes) readonly type: PublicRequestType = 'access';
  @Text({ asTyped: true, max: 254 }) readonly address: string = '';
  @Text({ max: 5000, optional: true }) readonly text?: string;
  @Text({ max: 100, optional: true }) readonly name?: string;
  @Text({ max: 200, optional: true }) readonly relation?: string;
}

class CodeForm {
  @OneTimeCode() readonly code: string = '';
}

/** Requests without an account, for whoever has a browser alone: no script, and a cookie that opens one request for a day. */
@ApiExcludeController()
@Controller('requests')
@ForEveryone()
@UseGuards(OwnPagesGuard)
@UseInterceptors(RequestFormFields)
export class RequestPagesController {
  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly publicRequests: PublicRequests,
    private readonly requests: Requests,
    private readonly views: RequestViews,
    private readonly packages: Packages,
    private readonly pages: SitePages,
  ) {}

  @Get()
  form(@Query() query: LanguageQuery): Promise<string> {
    return this.page(query, '/requests', async (locale) => formPage(locale));
  }

  @Post()
  make(@Query() query: LanguageQuery, @Body() form: RequestForm): Promise<string> {
    const { type, address, text = null, name = null, relation = null } = form;
    const identifier = { type: address.includes('@') ? 'email' : 'phone', value: address } as const;
    return this.page(
      query,
      '/requests',
      async (locale) => {
        const asked = { type, identifier, text, name, relation, locale, attachmentIds: [] };
        const { id } = await this.publicRequests.ask(asked);
        return seeOther(`/requests/${id}?lang=${locale}`);
      },
      (locale, error) => formPage(locale, { ...form }, error),
    );
  }

  @Get(':id')
  show(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: PageOfRequestQuery,
    @Req() request: FastifyRequest,
  ): Promise<string> {
    return this.page(query, `/requests/${id}`, async (locale) => {
      const opened = await this.opened(id, request);
      if (!opened) return codePage(locale, id);
      const view = await this.views.forSubject(opened);
      const { requester } = view.content;
      return statePage(
        locale,
        id,
        { request: toRequest(view, { now: this.clock.now(), locale }), requester },
        query.file,
      );
    });
  }

  @Post(':id')
  prove(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: LanguageQuery,
    @Body() { code }: CodeForm,
  ): Promise<string> {
    return this.page(
      query,
      `/requests/${id}`,
      async (locale) => {
        const { token, expiresAt } = await this.publicRequests.confirm(id, code);
        this.keep(id, token, expiresAt);
        return seeOther(`/requests/${id}?lang=${locale}`);
      },
      (locale, error) => codePage(locale, id, error),
    );
  }

  @Post(':id/code')
  sendCode(@Param('id', ParseUUIDPipe) id: string, @Query() query: LanguageQuery): Promise<string> {
    return this.page(
      query,
      `/requests/${id}`,
      async (locale) => {
        await this.publicRequests.sendCode(id);
        return seeOther(`/requests/${id}?lang=${locale}`);
      },
      (locale, error) => codePage(locale, id, error),
    );
  }

  @Post(':id/message')
  reply(@Param('id', ParseUUIDPipe) id: string, @Query() query: LanguageQuery, @Body() { text }: RequestWords) {
    return this.act(id, query, async (token) => {
      const { id: openedId, subjectId } = await this.publicRequests.opened(id, token);
      await this.requests.reply(subjectId, openedId, text);
    });
  }

  @Post(':id/cancellation')
  cancel(@Param('id', ParseUUIDPipe) id: string, @Query() query: LanguageQuery) {
    return this.act(id, query, (token) => this.publicRequests.cancel(id, token));
  }

  @Post(':id/appeal')
  appeal(@Param('id', ParseUUIDPipe) id: string, @Query() query: LanguageQuery, @Body() { text }: RequestWords) {
    return this.act(id, query, (token) => this.publicRequests.appeal(id, token, text));
  }

  @Get(':id/package')
  async fetch(@Param('id', ParseUUIDPipe) id: string, @Req() request: FastifyRequest): Promise<StreamableFile> {
    const opened = await this.publicRequests.opened(id, tokenIn(request));
    return packageFile(opened, await this.packages.fetch(opened));
  }

  /** Does something with the request that the cookie opens, and shows it again; who may not is asked for a code. */
  private act(id: string, query: LanguageQuery, what: (token: string) => Promise<unknown>): Promise<string> {
    return this.page(
      query,
      `/requests/${id}`,
      async (locale) => {
        await what(requestContext()?.reply.request.cookies[cookieName] ?? '');
        return seeOther(`/requests/${id}?lang=${locale}`);
      },
      (locale, error) => codePage(locale, id, error),
    );
  }

  private async opened(id: string, request: FastifyRequest) {
    const token = tokenIn(request);
    return token === '' ? null : this.publicRequests.opened(id, token).catch(noneWhereItOpensNothing);
  }

  /** Sent to the pages of this one request alone, and by nothing that another site causes. */
  private keep(id: string, token: string, expires: Date): void {
    const secure = this.config.isProduction || this.config.publicUrl.startsWith('https://');
    void requestContext()?.reply.setCookie(cookieName, token, {
      path: `/requests/${id}`,
      httpOnly: true,
      sameSite: 'strict',
      secure,
      expires,
    });
  }

  /** Writes a page; what is refused is written as `refused` says. */
  private async page(
    { lang }: LanguageQuery,
    path: string,
    write: (locale: Locale) => Promise<Html | null>,
    refused?: (locale: Locale, code: string) => Html,
  ): Promise<string> {
    const context = requestContext();
    const locale = lang ?? context?.locale ?? 'zh-CN';
    const main = await write(locale).catch((error: unknown) => {
      if (!refused || !(error instanceof DomainError)) throw error;
      void context?.reply.status(statusOfKind[error.kind]);
      return refused(locale, error.code);
    });
    if (main === null) return '';
    void context?.reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-language', locale)
      .header('content-security-policy', pageContentSecurityPolicy())
      .header('x-robots-tag', path === '/requests' ? 'all' : 'noindex');
    return this.pages.render({ locale, path, title: requestPageWords[locale].title, main });
  }
}

const cookieName = 'abide_request';

/** What opens the request whose pages a browser asks for; empty where it has nothing. */
export function tokenIn({ cookies }: Pick<FastifyRequest, 'cookies'>): string {
  return cookies[cookieName] ?? '';
}

function seeOther(path: string): null {
  void requestContext()?.reply.status(303).header('location', path);
  return null;
}

function noneWhereItOpensNothing(error: unknown): null {
  if (error instanceof DomainError && error.kind === 'unauthenticated') return null;
  throw error;
}
