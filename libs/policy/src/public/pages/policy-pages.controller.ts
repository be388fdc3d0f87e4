import { Controller, Get, Header, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DomainError, locales, type Locale } from '@abide/kernel';
import { ForEveryone, OneOf, pageContentSecurityPolicy, requestContext, Whole } from '@abide/platform';
import { RevalidatedAnswer } from '../revalidated-answer.js';
import { PolicyPages, type PageRequest } from './policy-pages.js';
import { stylesheet } from './stylesheet.js';

class PageQuery {
  @OneOf(locales, { optional: true }) readonly lang?: Locale;
  @OneOf(['1'], { optional: true, description: 'Save as one file that needs nothing else' }) readonly download?: string;
}

class ChangesPageQuery extends PageQuery {
  @Whole({ min: 1, max: 1_000_000, optional: true }) readonly from?: number;
}

/** The policies as anybody may read them, print them and save them: pages without scripts that load nothing from elsewhere. */
@ApiExcludeController()
@Controller('policies')
@UseInterceptors(RevalidatedAnswer)
export class PolicyPagesController {
  constructor(private readonly pages: PolicyPages) {}

  @Get()
  @ForEveryone()
  index(@Query() query: PageQuery): Promise<string> {
    return this.answer('policies', query, (asked) => this.pages.index(asked));
  }

  @Get('pages.css')
  @ForEveryone()
  @Header('content-type', 'text/css; charset=utf-8')
  stylesheet(): string {
    return stylesheet;
  }

  @Get(':slug')
  @ForEveryone()
  inForce(@Param('slug') slug: string, @Query() query: PageQuery): Promise<string> {
    return this.answer(slug, query, (asked) => this.pages.inForce(slug, asked));
  }

  @Get(':slug/:number')
  @ForEveryone()
  revision(@Param('slug') slug: string, @Param('number') number: string, @Query() query: PageQuery): Promise<string> {
    return this.answer(`${slug}-${number}`, query, (asked) => this.pages.revision(slug, number, asked));
  }

  @Get(':slug/:number/changes')
  @ForEveryone()
  changes(
    @Param('slug') slug: string,
    @Param('number') number: string,
    @Query() query: ChangesPageQuery,
  ): Promise<string> {
    return this.answer(`${slug}-${number}-changes`, query, (asked) =>
      this.pages.changes(slug, number, { ...asked, from: query.from }),
    );
  }

  /** Sends a page with its headers; what is not there is answered with a page as well. */
  private async answer(
    name: string,
    { lang, download }: PageQuery,
    write: (asked: PageRequest) => Promise<string>,
  ): Promise<string> {
    const context = requestContext();
    const locale = lang ?? context?.locale ?? 'zh-CN';
    const asked = { locale, isDownload: download === '1' };
    void context?.reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-language', locale)
      .header('content-security-policy', pageContentSecurityPolicy());
    try {
      const page = await write(asked);
      if (asked.isDownload)
        void context?.reply.header(
          'content-disposition',
          `attachment; filename="${name.replace(/[^a-z0-9-]/gi, '')}-${locale}.html"`,
        );
      return page;
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind !== 'notFound') throw error;
      void context?.reply.status(404);
      return this.pages.notFound(asked);
    }
  }
}
