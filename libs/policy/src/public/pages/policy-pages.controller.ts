import { Controller, Get, Header, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DomainError, locales, type Locale } from '@abide/kernel';
import { Config, ForEveryone, OneOf, pageContentSecurityPolicy, requestContext, Whole } from '@abide/platform';
import { Registries } from '../../registries/registries.js';
import { Precedence } from '../precedence.js';
import { PublicComparisons } from '../public-comparisons.js';
import { PublishedPolicies, type PublishedRevision } from '../published-policies.js';
import { RevalidatedAnswer } from '../revalidated-answer.js';
import { changesPage } from './changes-page.js';
import { indexPage, notFoundPage } from './index-page.js';
import { renderPage, type PageContent, type PageSetting } from './layout.js';
import { policyPage } from './policy-page.js';
import { stylesheet } from './stylesheet.js';

class PageLanguage {
  @OneOf(locales, { optional: true }) readonly lang?: Locale;
  @OneOf(['1'], { optional: true, description: 'Save as one file that needs nothing else' }) readonly download?: string;
}

class ChangesPageQuery extends PageLanguage {
  @Whole({ min: 1, max: 1_000_000, optional: true }) readonly from?: number;
}

/** The policies as anybody may read them, print them and save them: pages without scripts that load nothing from elsewhere. */
@ApiExcludeController()
@Controller('policies')
@UseInterceptors(RevalidatedAnswer)
export class PolicyPagesController {
  constructor(
    private readonly published: PublishedPolicies,
    private readonly precedence: Precedence,
    private readonly comparisons: PublicComparisons,
    private readonly registries: Registries,
    private readonly config: Config,
  ) {}

  @Get()
  @ForEveryone()
  index(@Query() query: PageLanguage): Promise<string> {
    return this.page('/policies', query, async (setting) => indexPage(setting, await this.published.list(), (await this.published.generalContact()) ?? null));
  }

  @Get('pages.css')
  @ForEveryone()
  @Header('content-type', 'text/css; charset=utf-8')
  stylesheet(): string {
    return stylesheet;
  }

  @Get(':slug')
  @ForEveryone()
  policy(@Param('slug') slug: string, @Query() query: PageLanguage): Promise<string> {
    return this.page(`/policies/${encodeURIComponent(slug)}`, query, async (setting) => this.textPage(setting, await this.published.inForce(slug)));
  }

  @Get(':slug/:number')
  @ForEveryone()
  revision(@Param('slug') slug: string, @Param('number') number: string, @Query() query: PageLanguage): Promise<string> {
    const path = `/policies/${encodeURIComponent(slug)}/${encodeURIComponent(number)}`;
    return this.page(path, query, async (setting) => this.textPage(setting, await this.published.revision(slug, toNumber(number))));
  }

  @Get(':slug/:number/changes')
  @ForEveryone()
  changes(@Param('slug') slug: string, @Param('number') number: string, @Query() query: ChangesPageQuery): Promise<string> {
    const path = `/policies/${encodeURIComponent(slug)}/${encodeURIComponent(number)}/changes${query.from === undefined ? '' : `?from=${query.from}`}`;
    return this.page(path, query, async (setting) => {
      const published = await this.published.revision(slug, toNumber(number));
      return changesPage(setting, published, await this.comparisons.between(await this.published.before(published, query.from), published.revision));
    });
  }

  private async textPage(setting: PageSetting, published: PublishedRevision): Promise<PageContent> {
    const { registry } = await this.registries.snapshot();
    return policyPage(setting, {
      published,
      history: await this.published.history(published.policy.id),
      catalogue: registry.catalogue,
      replacements: await this.precedence.replacements(),
      serviceNames: await this.registries.serviceNames(setting.locale),
    });
  }

  private async page(path: string, query: PageLanguage, content: (setting: PageSetting) => Promise<PageContent>): Promise<string> {
    const setting = await this.settingOf(path, query);
    const reply = requestContext()?.reply;
    void reply?.header('content-type', 'text/html; charset=utf-8').header('content-language', setting.locale).header('content-security-policy', pageContentSecurityPolicy());
    try {
      const page = renderPage(setting, await content(setting));
      if (setting.isDownload) void reply?.header('content-disposition', `attachment; filename="${fileNameOf(path, setting.locale)}"`);
      return page;
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind !== 'notFound') throw error;
      void reply?.status(404);
      return renderPage({ ...setting, isDownload: false }, notFoundPage(setting, (await this.published.generalContact()) ?? null));
    }
  }

  private async settingOf(path: string, { lang, download }: PageLanguage): Promise<PageSetting> {
    const { utcOffsetHours } = await this.registries.profile();
    const locale = lang ?? requestContext()?.locale ?? 'zh-CN';
    return { locale, path, site: this.config.publicUrl, isDownload: download === '1', utcOffsetHours };
  }
}

/** @throws DomainError answered with the page for what is not there */
function toNumber(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new DomainError('notFound', 'policy.revision_not_found');
}

function fileNameOf(path: string, locale: Locale): string {
  const name = path.replace(/^\//, '').replace(/[^a-z0-9]+/gi, '-');
  return `${name}-${locale}.html`;
}
