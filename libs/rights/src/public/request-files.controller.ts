import {
  Catch,
  Controller,
  Injectable,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Req,
  UseFilters,
  UseGuards,
  type ArgumentsHost,
  type CanActivate,
  type ExceptionFilter,
  type ExecutionContext,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ReceivedUpload, UploadReceiver, type Upload } from '@abide/attachments';
import { DomainError } from '@abide/kernel';
import { ForEveryone, OwnPagesGuard, requestContext, UploadRoute } from '@abide/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PublicRequests } from './public-requests.service.js';
import { LanguageQuery, tokenIn } from './request-pages.controller.js';

type PageRequest = FastifyRequest<{ Params: { id: string }; Querystring: { lang?: string } }>;

/** Nothing is taken in before the cookie opens the request. */
@Injectable()
class CookieGuard implements CanActivate {
  constructor(private readonly publicRequests: PublicRequests) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<PageRequest>();
    await this.publicRequests.opened(request.params.id, tokenIn(request));
    return true;
  }
}

/** What is refused is said on the page of the request. */
@Catch(DomainError)
class BackToThePage implements ExceptionFilter<DomainError> {
  catch({ code }: DomainError, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    void http.getResponse<FastifyReply>().status(303).header('location', pageOf(http.getRequest(), code)).send();
  }
}

/** Files of people without an account, one a form and without a script. */
@ApiExcludeController()
@Controller('requests')
@ForEveryone()
@UseGuards(OwnPagesGuard, CookieGuard)
@UseFilters(BackToThePage)
export class RequestFilesController {
  constructor(private readonly publicRequests: PublicRequests) {}

  @Post(':id/files')
  @UploadRoute(UploadReceiver)
  async add(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() _query: LanguageQuery,
    @ReceivedUpload() upload: Upload,
    @Req() request: PageRequest,
  ): Promise<void> {
    await this.publicRequests.addFile(id, tokenIn(request), upload);
    void requestContext()?.reply.status(303).header('location', pageOf(request, 'added'));
  }
}

function pageOf({ params, query }: PageRequest, file: string): string {
  return `/requests/${params.id}?lang=${query.lang === 'en' ? 'en' : 'zh-CN'}&file=${encodeURIComponent(file)}`;
}
