import { createHash } from 'node:crypto';
import { Controller, Get, Headers, HttpCode, HttpStatus, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiNoContentResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RecordsLook } from '@abide/identity';
import type { Locale, Page } from '@abide/kernel';
import {
  ApiPageOf,
  ApiProblems,
  CurrentSubject,
  ForEveryone,
  ForOperator,
  ForSubject,
  PageQuery,
  RequestLocale,
  setEtag,
  type SubjectPrincipal,
} from '@abide/platform';
import type { FastifyReply } from 'fastify';
import {
  InboxNoticeResponse,
  InboxQuery,
  NoticeResponse,
  SubjectNoticeResponse,
  toInboxNoticeResponse,
  toNoticeResponse,
  toSubjectNoticeResponse,
} from './notice.dto.js';
import { Notices } from './notices.service.js';

/** Notices for the home page, for the subject, and for the operator who looks a subject up. */
@Controller()
export class NoticesController {
  constructor(private readonly notices: Notices) {}

  @Get('notices')
  @ForEveryone()
  @ApiTags('Client apps')
  @ApiOperation({
    summary: 'The banners of the home page, newest first; asked again with If-None-Match it costs 304',
    operationId: 'listNotices',
  })
  @ApiHeader({ name: 'If-None-Match', required: false })
  @ApiPageOf(NoticeResponse)
  @ApiResponse({ status: 304, description: 'Nothing changed since the answer with this ETag' })
  async banners(
    @RequestLocale() locale: Locale,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<NoticeResponse> | undefined> {
    const page = {
      items: (await this.notices.banners()).map((notice) => toNoticeResponse(notice, locale)),
      nextCursor: null,
    };
    const etag = createHash('sha256').update(JSON.stringify(page)).digest('base64url');
    setEtag(etag);
    void reply
      .header('cache-control', 'public, no-cache')
      .header('vary', 'accept-language')
      .header('content-language', locale);
    if (!known?.includes(`"${etag}"`)) return page;
    void reply.status(HttpStatus.NOT_MODIFIED);
    return undefined;
  }

  @Get('me/notices')
  @ForSubject({ countsAsUse: false })
  @ApiTags('Client apps')
  @ApiOperation({ summary: 'My notices, newest first', operationId: 'listMyNotices' })
  @ApiPageOf(InboxNoticeResponse)
  @ApiProblems(400, 'request.bad_cursor', 'request.invalid')
  @ApiProblems(401, 'access.unauthenticated')
  @ApiProblems(403, 'access.subject_only')
  async inbox(
    @CurrentSubject() { subjectId }: SubjectPrincipal,
    @Query() query: InboxQuery,
    @RequestLocale() locale: Locale,
  ): Promise<Page<InboxNoticeResponse>> {
    const { items, nextCursor } = await this.notices.inbox(subjectId, query);
    return { items: items.map((notice) => toInboxNoticeResponse(notice, locale)), nextCursor };
  }

  @Post('me/notices/:id/read')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ForSubject({ countsAsUse: false })
  @ApiTags('Client apps')
  @ApiOperation({ summary: 'Mark a notice as read; again changes nothing', operationId: 'readNotice' })
  @ApiNoContentResponse()
  @ApiProblems(400, 'request.malformed')
  @ApiProblems(401, 'access.unauthenticated')
  @ApiProblems(403, 'access.subject_only')
  @ApiProblems(404, 'notice.not_found')
  async read(@CurrentSubject() { subjectId }: SubjectPrincipal, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.notices.markRead(subjectId, id);
  }

  @Get('operator/subjects/:id/notices')
  @ForOperator('subject.read')
  @RecordsLook('notices')
  @ApiTags('Operators')
  @ApiOperation({
    summary: 'The notices a subject was shown and what was sent to them, newest first',
    operationId: 'listSubjectNotices',
  })
  @ApiPageOf(SubjectNoticeResponse)
  @ApiProblems(400, 'request.bad_cursor', 'request.invalid', 'request.malformed')
  @ApiProblems(401, 'session.expired')
  @ApiProblems(403, 'operator.forbidden')
  @ApiProblems(404, 'subject.not_found')
  async ofSubject(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: PageQuery,
    @RequestLocale() locale: Locale,
  ): Promise<Page<SubjectNoticeResponse>> {
    const { items, nextCursor } = await this.notices.ofSubject(id, query);
    return { items: items.map((notice) => toSubjectNoticeResponse(notice, locale)), nextCursor };
  }
}
