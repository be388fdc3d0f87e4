import { Text } from './fields.js';

/** A text in every published locale, on the wire. */
export class LocalizedText {
  @Text({ max: 100_000, min: 0, example: '隐私政策' }) readonly 'zh-CN': string = '';
  @Text({ max: 100_000, min: 0, example: 'Privacy policy' }) readonly en: string = '';
}
