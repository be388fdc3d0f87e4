import { Flag, Instant, JsonObject, LocalizedText, Nested, Text, Whole } from '@abide/platform';
import type { ProfileVersion } from './registry-entries.entity.js';

export class ProfileDto {
  @Text({ max: 40, example: 'cn-pipl' }) readonly code: string = '';
  @Whole({ min: 1, max: 1_000_000 }) readonly version: number = 1;
  @Nested(() => LocalizedText) readonly name: LocalizedText = new LocalizedText();
  @Flag({ description: 'Policies are compiled and deadlines computed with this one' }) readonly default: boolean =
    false;
  @JsonObject({ description: 'Each number with the article it comes from' }) readonly rules: object = {};
  @Instant() readonly createdAt: string = '';
}

export function toProfile({ code, version, content, isDefault, createdAt }: ProfileVersion): ProfileDto {
  return {
    code,
    version,
    name: content.name,
    default: isDefault,
    rules: content.rules,
    createdAt: createdAt.toISOString(),
  };
}
