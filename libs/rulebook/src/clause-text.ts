import MarkdownParser, { type MarkdownIt, type Token } from 'markdown-it';

/** A link that leads only to the web, a mailbox, a telephone or within the site; null for anything else. */
export function safeLink(address: string): string | null {
  return /^(?:https?:\/\/|mailto:|tel:|#|\/(?![/\\]))/i.test(address) ? address : null;
}

/**
 * The Markdown of clause bodies, for whoever shows or checks them: no HTML, no pictures, and nothing by which a text
 * shows other characters than it holds or holds what it does not show. Entities, reference definitions and titles of
 * links are ordinary text, and an address shown as a link is not decoded.
 */
export function clauseMarkdown(): MarkdownIt {
  const markdown = new MarkdownParser({ html: false, linkify: false, typographer: false }).disable([
    'image',
    'entity',
    'reference',
  ]);
  markdown.validateLink = (address) => safeLink(address) !== null;
  markdown.normalizeLinkText = (address) => address;
  const { parseLinkTitle } = markdown.helpers;
  markdown.helpers.parseLinkTitle = (...given) => ({ ...parseLinkTitle(...given), ok: false });
  return markdown;
}

const markdown = clauseMarkdown();

/** What readers see of a clause body: its text without the signs that mark it up, `1**4** days` as `14 days`. */
export function shownText(body: string): string {
  return markdown.parse(body, {}).map(shownOf).join('');
}

function shownOf({ type, content, info, children }: Token): string {
  if (type === 'inline') return (children ?? []).map(shownInline).join('');
  if (type === 'list_item_open') return info && `${info}. `;
  return type.endsWith('_open') ? '' : `${content}\n`;
}

function shownInline({ type, content }: Token): string {
  return type === 'softbreak' || type === 'hardbreak' ? '\n' : content;
}

/** A link whose words name one host while it leads to another. */
export interface MisleadingLink {
  readonly named: string;
  readonly leadsTo: string;
}

/** The links of a clause body that lead elsewhere than the address in their words: another host, or a mailbox at another. */
export function misleadingLinks(body: string): readonly MisleadingLink[] {
  return markdown.parse(body, {}).flatMap(({ children }) => {
    const found: MisleadingLink[] = [];
    let link: { address: string; words: string } | null = null;
    for (const token of children ?? []) {
      if (token.type === 'link_open') link = { address: String(token.attrGet('href') ?? ''), words: '' };
      else if (token.type === 'link_close' && link) found.push(...misleading(link));
      else if (link) link.words += shownInline(token);
    }
    return found;
  });
}

function misleading({ address, words }: { address: string; words: string }): MisleadingLink[] {
  const targets = hostsOf(address);
  const named = hostsNamedIn(words).find((host) =>
    targets.some((target) => target !== host && !target.endsWith(`.${host}`)),
  );
  return named === undefined ? [] : [{ named, leadsTo: targets.join(', ') }];
}

/** The hosts that an address leads to; none for what stays within the site and for telephones. */
function hostsOf(address: string): string[] {
  if (/^mailto:/i.test(address))
    return [...asWritten(address).matchAll(/@([^\s,;?&@]+)/g)].map(([, name = '']) => hostOf(name));
  return /^https?:/i.test(address) ? [hostOf(URL.parse(address)?.hostname ?? '')] : [];
}

function asWritten(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

const label = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?`;
const named = new RegExp(
  String.raw`:\/\/([^\s/?#@\\:]+)|(?<![\p{L}\p{N}])(www\.[^\s/?#@\\:]+)|@(${label}(?:\.${label})+)`,
  'giu',
);
const nothingButAnAddress = new RegExp(String.raw`^((?:${label}\.)+[a-z]{2,})\.?(?:[/?#:]\S*)?$`, 'iu');

/** Hosts in the words of a link: of addresses with a scheme or `www.`, of mailboxes, or of what is nothing but an address. */
function hostsNamedIn(words: string): string[] {
  const text = words.normalize('NFKC').replaceAll(/[。｡]/g, '.').trim();
  const [, whole] = nothingButAnAddress.exec(text) ?? [];
  const within = [...text.matchAll(named)].map(([, address, site, mailbox]) => address ?? site ?? mailbox ?? '');
  return [...within, ...(whole === undefined ? [] : [whole])].map(hostOf);
}

/** The host in one form: as ASCII, without `www.` and without the words of a sentence that goes on behind it. */
function hostOf(name: string): string {
  const [ascii = ''] = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?!\P{ASCII}*\.[a-z])/iu.exec(name) ?? [];
  const host = ascii || name;
  return (URL.parse(`http://${host}`)?.hostname ?? host.toLowerCase()).replace(/^www\.|\.$/g, '');
}
