import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { MandateNaming, Mandates } from '@abide/identity';
import { DomainError, locales, type Locale } from '@abide/kernel';
import {
  ForEveryone,
  OneOf,
  OneTimeCode,
  OwnPagesGuard,
  pageContentSecurityPolicy,
  requestContext,
  statusOfKind,
} from '@abide/platform';
import { html, SitePages, type Html } from '@abide/policy';
import { refusalWords } from '../refusal-words.js';
import { mandatePageWords } from './mandate-page-words.js';

class LanguageQuery {
  @OneOf(locales, { optional: true }) readonly lang?: Locale;
}

class CodeForm {
  @OneTimeCode() readonly code: string = '';
}

/** Where whoever an enterprise named sees which one it is, and confirms it by the code that goes to the noted address. No script. */
@ApiExcludeController()
@Controller('mandates/:id')
@ForEveryone()
@UseGuards(OwnPagesGuard)
export class MandatePagesController {
  constructor(
    private readonly naming: MandateNaming,
    private readonly mandates: Mandates,
    private readonly pages: SitePages,
  ) {}

  @Get()
  show(@Param('id', ParseUUIDPipe) id: string, @Query() { lang }: LanguageQuery): Promise<string> {
    return this.page(id, lang, (locale) => this.askPage(id, locale, {}));
  }

  @Post('code')
  sendCode(@Param('id', ParseUUIDPipe) id: string, @Query() { lang }: LanguageQuery): Promise<string> {
    return this.page(id, lang, async (locale) => {
      await this.naming.sendCode(id);
      return this.askPage(id, locale, { isSent: true });
    });
  }

  @Post()
  confirm(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { lang }: LanguageQuery,
    @Body() { code }: CodeForm,
  ): Promise<string> {
    return this.page(id, lang, async (locale) => {
      await this.naming.confirm(id, code);
      const { done, doneText } = mandatePageWords[locale];
      return html`<main id="text"><h1>${done}</h1><p>${doneText}</p></main>`;
    });
  }

  private async askPage(id: string, locale: Locale, { isSent = false, error = '' }): Promise<Html> {
    const say = mandatePageWords[locale];
    const { mandate, enterpriseName } = await this.mandates.show(await this.naming.awaiting(id));
    const acts = mandate.acts.map((act) => html`<li>${say.acts[act]}</li>`);
    const codeForm = html`<p>${say.sent}</p><form method="post" action="/mandates/${id}?lang=${locale}">
<label for="code">${say.code}</label>
<input id="code" name="code" required inputmode="numeric" autocomplete="one-time-code" maxlength="12" autofocus>
<button type="submit">${say.confirm}</button></form>`;
    return html`<main id="text"><h1>${say.title}</h1>
<p><strong>${enterpriseName || say.unnamed}</strong> ${mandate.role === 'contact' ? say.asContact : say.asMember}</p>${acts.length > 0 && html`<ul>${acts}</ul>`}
<p>${say.intro}</p>${error && html`<p class="error" role="alert">${refusalWords(say, error)}</p>`}
${(isSent || error !== '') && codeForm}
<form method="post" action="/mandates/${id}/code?lang=${locale}"><button type="submit"${(isSent || error !== '') && html` class="quiet"`}>${say.send}</button></form>
<p class="hint">${say.ignore}</p></main>`;
  }

  /** What is refused is said on the page; what is not there any more on one of its own. */
  private async page(id: string, lang: Locale | undefined, write: (locale: Locale) => Promise<Html>): Promise<string> {
    const context = requestContext();
    const locale = lang ?? context?.locale ?? 'zh-CN';
    const main = await write(locale).catch(async (error: unknown) => {
      if (!(error instanceof DomainError)) throw error;
      void context?.reply.status(statusOfKind[error.kind]);
      if (error.kind === 'notFound') return gonePage(locale);
      return this.askPage(id, locale, { error: error.code });
    });
    void context?.reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-language', locale)
      .header('content-security-policy', pageContentSecurityPolicy())
      .header('x-robots-tag', 'noindex');
    return this.pages.render({ locale, path: `/mandates/${id}`, title: mandatePageWords[locale].title, main });
  }
}

function gonePage(locale: Locale): Html {
  const { gone, goneText } = mandatePageWords[locale];
  return html`<main id="text"><h1>${gone}</h1><p>${goneText}</p></main>`;
}
