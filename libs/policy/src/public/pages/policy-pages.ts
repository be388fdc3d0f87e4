import { Injectable } from '@nestjs/common';
import type { Locale } from '@abide/kernel';
import { Notices } from '@abide/notifications';
import { Config, inTurns } from '@abide/platform';
import { BoundedMemory } from '../../bounded-memory.js';
import { Registries } from '../../registries/registries.js';
import { Precedence } from '../precedence.js';
import { PublicComparisons } from '../public-comparisons.js';
import { PublishedPolicies, type PublishedRevision } from '../published-policies.js';
import { toRevisionNumber } from '../revision-number.js';
import { changesPage } from './changes-page.js';
import { indexPage, notFoundPage } from './index-page.js';
import { renderPage, type PageContent, type PageSetting } from './layout.js';
import { clauseSection, policyPage } from './policy-page.js';

const mostKept = 60;

/** What a page is asked for with. */
export interface PageRequest {
  readonly locale: Locale;
  readonly isDownload: boolean;
}

/** Writes the policy pages, and keeps the newest ones for as long as nothing that is published changes. */
@Injectable()
export class PolicyPages {
  private readonly memory = new BoundedMemory<string>(mostKept);

  constructor(
    private readonly published: PublishedPolicies,
    private readonly precedence: Precedence,
    private readonly comparisons: PublicComparisons,
    private readonly registries: Registries,
    private readonly notices: Notices,
    private readonly config: Config,
  ) {}

  index(asked: PageRequest): Promise<string> {
    return this.page('/policies', asked, async (setting) =>
      indexPage(setting, await this.published.list(), await this.published.generalContact()),
    );
  }

  /** The text in force. @throws DomainError of kind notFound */
  inForce(slug: string, asked: PageRequest): Promise<string> {
    return this.page(`/policies/${encodeURIComponent(slug)}`, asked, async (setting) =>
      this.textPage(setting, await this.published.inForce(slug)),
    );
  }

  /** A published text. @throws DomainError of kind notFound */
  revision(slug: string, number: string, asked: PageRequest): Promise<string> {
    return this.page(pathOf(slug, number), asked, async (setting) =>
      this.textPage(setting, await this.published.revision(slug, toRevisionNumber(number))),
    );
  }

  /** What a published text changed. @throws DomainError of kind notFound */
  changes(slug: string, number: string, asked: PageRequest & { readonly from?: number }): Promise<string> {
    const path = `${pathOf(slug, number)}/changes${asked.from === undefined ? '' : `?from=${asked.from}`}`;
    return this.page(path, asked, async (setting) => {
      const published = await this.published.revision(slug, toRevisionNumber(number));
      const before = await this.published.before(published, asked.from);
      return changesPage(setting, published, await this.comparisons.between(before, published.revision));
    });
  }

  async notFound({ locale }: PageRequest): Promise<string> {
    const setting = await this.settingOf('/policies', { locale, isDownload: false });
    return renderPage(setting, notFoundPage(setting, await this.published.generalContact()));
  }

  private async page(
    path: string,
    asked: PageRequest,
    content: (setting: PageSetting) => Promise<PageContent>,
  ): Promise<string> {
    const setting = await this.settingOf(path, asked);
    const standing = setting.notices.map(({ id, inEffectAt }) => `${id}${inEffectAt ? '+' : ''}`).join();
    const key = [await this.published.version(), path, asked.locale, asked.isDownload, standing].join(' ');
    return this.memory.recall(key, async () => {
      return renderPage(setting, await content(setting));
    });
  }

  private async settingOf(path: string, { locale, isDownload }: PageRequest): Promise<PageSetting> {
    const { utcOffsetHours } = await this.registries.profile();
    const notices = await this.notices.onWebsite();
    return { locale, path, site: this.config.publicUrl, isDownload, notices, utcOffsetHours };
  }

  private async textPage(setting: PageSetting, published: PublishedRevision): Promise<PageContent> {
    const { registry } = await this.registries.snapshot();
    const facts = {
      published,
      history: await this.published.history(published.policy.id),
      catalogue: registry.catalogue,
      replacements: await this.precedence.replacements(),
      guides: (await this.published.list()).filter(({ policy, inForce }) => policy.kind === 'guide' && inForce),
      serviceNames: await this.registries.serviceNames(setting.locale),
    };
    const { clauses } = published.revision.document;
    return policyPage(
      setting,
      facts,
      await inTurns(clauses, (clause, index) => clauseSection(setting, { ...facts, clause, number: index + 1 }), 1),
    );
  }
}

function pathOf(slug: string, number: string): string {
  return `/policies/${encodeURIComponent(slug)}/${encodeURIComponent(number)}`;
}
