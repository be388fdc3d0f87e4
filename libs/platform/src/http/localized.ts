import { Name } from './fields.js';

/** A text in every published locale, on the wire. */
export class LocalizedText {
  @Name({ max: 100_000, min: 0, example: '隐私政策' }) readonly 'zh-CN': string = '';
  @Name({ max: 100_000, min: 0, example: 'Privacy policy' }) readonly en: string = '';
}
