import { Injectable } from '@nestjs/common';
import type { Locale } from '@abide/kernel';
import { Notices } from '@abide/notifications';
import { Config } from '@abide/platform';
import { Registries } from '../../registries/registries.js';
import { PublishedPolicies } from '../published-policies.js';
import type { Html } from './html.js';
import { renderPage } from './layout.js';

/** Pages of other modules in the frame of the policy pages: one look, one contact, no script. */
@Injectable()
export class SitePages {
  constructor(
    private readonly published: PublishedPolicies,
    private readonly registries: Registries,
    private readonly notices: Notices,
    private readonly config: Config,
  ) {}

  /** `path` is where the page stands, for its links to the other language. */
  async render({
    locale,
    path,
    title,
    main,
  }: {
    readonly locale: Locale;
    readonly path: string;
    readonly title: string;
    readonly main: Html;
  }): Promise<string> {
    const { utcOffsetHours } = await this.registries.profile();
    const notices = await this.notices.onWebsite();
    return renderPage(
      { locale, path, site: this.config.publicUrl, isDownload: false, notices, utcOffsetHours },
      { title, main, contact: await this.published.generalContact() },
    );
  }
}
