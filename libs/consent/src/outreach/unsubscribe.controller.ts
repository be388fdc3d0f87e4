import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DomainError, type Locale } from '@abide/kernel';
import type { OutreachKind } from '@abide/notifications';
import { ForEveryone, IgnoredBody, pageContentSecurityPolicy, requestContext, RequestLocale } from '@abide/platform';
import { html, SitePages, type Html } from '@abide/policy';
import { OutreachConsent } from './outreach-consent.js';
import { unsubscribeWords } from './unsubscribe-words.js';

/**
 * The page behind the link in surveys and offers. Opening it changes nothing, since mail programs look at links by
 * themselves; one click does, and so does the POST that mail programs send for their reader (RFC 8058).
 */
@ApiExcludeController()
@Controller('unsubscribe')
@ForEveryone()
export class UnsubscribeController {
  constructor(
    private readonly outreach: OutreachConsent,
    private readonly pages: SitePages,
  ) {}

  @Get(':token')
  async show(@Param('token') token: string, @RequestLocale() locale: Locale): Promise<string> {
    return this.page(token, locale, async () => {
      const { kind } = await this.outreach.read(token);
      const { ask, click } = unsubscribeWords[locale];
      return html`<p>${ask(kind)}</p><form method="post" action="/unsubscribe/${encodeURIComponent(token)}"><button type="submit">${click}</button></form>`;
    });
  }

  @Post(':token')
  @HttpCode(200)
  @IgnoredBody()
  async end(@Param('token') token: string, @RequestLocale() locale: Locale): Promise<string> {
    return this.page(token, locale, async () => {
      const kind: OutreachKind = await this.outreach.unsubscribe(token);
      return html`<p role="status">${unsubscribeWords[locale].done(kind)}</p>`;
    });
  }

  private async page(token: string, locale: Locale, write: () => Promise<Html>): Promise<string> {
    const reply = requestContext()?.reply;
    const { title, unknown } = unsubscribeWords[locale];
    const text = await write().catch((error: unknown) => {
      if (!(error instanceof DomainError) || (error.kind !== 'notFound' && error.kind !== 'conflict')) throw error;
      void reply?.status(404);
      return html`<p>${unknown}</p>`;
    });
    void reply
      ?.header('content-type', 'text/html; charset=utf-8')
      .header('content-language', locale)
      .header('content-security-policy', pageContentSecurityPolicy())
      .header('x-robots-tag', 'noindex');
    return this.pages.render({
      locale,
      path: `/unsubscribe/${encodeURIComponent(token)}`,
      title,
      main: html`<main id="text"><h1>${title}</h1>${text}</main>`,
    });
  }
}
