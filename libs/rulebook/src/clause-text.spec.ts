import { clauseMarkdown, misleadingLinks, safeLink, shownText } from './clause-text.js';

describe('what a clause shows', () => {
  const render = (body: string) => clauseMarkdown().render(body);

  it.each([
    ['an entity', 'for &#8238;14&#8236; days and &#53; years, &nbsp;1&zwj;4'],
    ['a definition', '[y]: https://evil.example "30 days"'],
    ['a definition that comments', '[//]: # (kept for 30 days)'],
    ['a comment', 'kept <!-- 30 days --> here'],
    ['a reference', 'see [the law][y]'],
    ['a title', 'see [the law](https://good.example "kept for 30 days")'],
  ])('is what is written where %s is written', (_, body) => {
    expect(shownText(`${body}\n\n[y]: https://evil.example`)).toContain(body);
    expect(
      render(body).replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>'),
    ).toContain(body);
  });

  it('does not decode an address that is shown', () => {
    expect(render('<https://good.example/%E2%80%AEtxt.exe>')).toContain('>https://good.example/%E2%80%AEtxt.exe<');
  });

  it('is read without the signs that mark it up', () => {
    expect(shownText('kept 1**4** days, `5` years, 1\\,000 of [them](https://a.example/7)\n\n1. first')).toBe(
      'kept 14 days, 5 years, 1,000 of them\n1. first\n\n\n',
    );
  });

  it('leads only to the web, a mailbox, a telephone or within the site', () => {
    for (const good of ['https://a.example', 'http://a.example', 'mailto:a@b.example', 'tel:400', '#here', '/policies'])
      expect(safeLink(good)).toBe(good);
    for (const bad of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      '//evil.example',
      '/\\evil.example',
      ' javascript:x',
      'file:///etc',
    ])
      expect(safeLink(bad)).toBeNull();
    expect(render('[a](//evil.example)')).not.toContain('<a');
  });
});

describe('a link that names another host than it leads to', () => {
  it.each([
    '[https://good.example](https://evil.example/)',
    'See [our **https://good.example/privacy** page](https://evil.example/).',
    '[good.example](https://evil.example/)',
    '[good.example/privacy](https://evil&#46;example/)',
    '[www.good.example](https://evil.example/)',
    '[ｇｏｏｄ。example](https://evil.example/)',
    '[https://gооd.example](https://good.example/)',
    '[https://good.example](https://good.example@evil.example/)',
    '<https://good.example@evil.example/>',
    '[https://good.example](https://good.example.evil.example/)',
    '[a@good.example](mailto:b@evil.example)',
    '[a@good.example](mailto:a@good.example?cc=b@evil.example)',
    '[https://good.example](mailto:b@evil.example)',
  ])('is found in %s', (body) => expect(misleadingLinks(body)).toHaveLength(1));

  it.each([
    '[https://good.example/privacy](https://good.example/)',
    '[good.example](https://www.good.example/zh)',
    '[good.example](https://docs.good.example/)',
    '见[https://good.example。谢谢](https://good.example)',
    '[https://good.example的政策](https://good.example)',
    '[https://公司.cn](https://公司.cn/a)',
    '[our site](https://good.example)',
    '[3.个人信息](#keep.periods)',
    '[2.Retention](#keep.periods)',
    '[3.个人信息保护法](https://law.example)',
    '[a@good.example](mailto:a@good.example)',
    '[400-100](tel:400100)',
    '<https://good.example/a>',
    '`[https://good.example](https://evil.example/)`',
  ])('is not %s', (body) => expect(misleadingLinks(body)).toEqual([]));

  it('says what it names and where it leads', () => {
    expect(misleadingLinks('[https://good.example](https://evil.example/)')).toEqual([
      { named: 'good.example', leadsTo: 'evil.example' },
    ]);
  });
});
