import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const namespaces = `${w} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"`;
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** What a Word file is made of besides what every one has. */
export interface WordFileParts {
  /** Paragraphs and tables of the body, in WordprocessingML. */
  readonly body: string;
  readonly styles?: string;
  readonly numbering?: string;
  readonly footnotes?: string;
  readonly comments?: string;
  /** Relationships of the main part, whole elements. */
  readonly links?: string;
  /** Further files by path. */
  readonly files?: Readonly<Record<string, Buffer | string>>;
  /** Of the main part; a file with macros has another. */
  readonly contentType?: string;
}

/** A Word file, made here. */
export async function aWordFile({
  body,
  links = '',
  files = {},
  contentType,
  ...parts
}: WordFileParts): Promise<Buffer> {
  const type = contentType ?? 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
  return aZip({
    '[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${type}"/></Types>`,
    '_rels/.rels': `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${links}</Relationships>`,
    'word/document.xml': `${head}<w:document ${namespaces}><w:body>${body}<w:sectPr/></w:body></w:document>`,
    ...part('styles', parts.styles),
    ...part('numbering', parts.numbering),
    ...part('footnotes', parts.footnotes),
    ...part('comments', parts.comments),
    ...files,
  });
}

/** `type` as in `image`, `attachedTemplate`. */
export function aLink(id: string, type: string, address: string): string {
  return `<Relationship Id="${id}" Type="${relations}/${type}" Target="${address}" TargetMode="External"/>`;
}

/** A paragraph with this text, in a style or a list where said. `runs` stands beside the text as it is. */
export function aParagraph(
  text: string,
  {
    style,
    list,
    runs = '',
  }: { readonly style?: string; readonly list?: [string, number]; readonly runs?: string } = {},
): string {
  const inStyle = style ? `<w:pStyle w:val="${style}"/>` : '';
  const inList = list ? `<w:numPr><w:ilvl w:val="${list[1]}"/><w:numId w:val="${list[0]}"/></w:numPr>` : '';
  return `<w:p><w:pPr>${inStyle}${inList}</w:pPr>${aRun(text)}${runs}</w:p>`;
}

export function aRun(text: string, properties = ''): string {
  return `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
}

/** A list with these levels, each a format and its text, as `['chineseCounting', '%1、']`; its number is `id`. */
export function aList(id: string, levels: readonly (readonly [string, string])[]): string {
  const each = levels.map(
    ([format, text], at) =>
      `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`,
  );
  return `<w:abstractNum w:abstractNumId="${id}">${each.join('')}</w:abstractNum>`;
}

export function aTable(rows: readonly (readonly string[])[]): string {
  const cell = (content: string) => `<w:tc>${content.startsWith('<') ? content : aParagraph(content)}</w:tc>`;
  return `<w:tbl>${rows.map((cells) => `<w:tr>${cells.map(cell).join('')}</w:tr>`).join('')}</w:tbl>`;
}

export async function aZip(files: Readonly<Record<string, Buffer | string>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}

function part(name: string, inner: string | undefined): Record<string, string> {
  return inner === undefined ? {} : { [`word/${name}.xml`]: `${head}<w:${name} ${namespaces}>${inner}</w:${name}>` };
}
