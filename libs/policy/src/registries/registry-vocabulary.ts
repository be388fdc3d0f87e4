import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ClientVocabulary, type VocabularySource } from '@abide/identity';
import { Registries } from './registries.js';

/** Tells identity which purposes and services a client can be bound to, and what they are called. */
@Injectable()
export class RegistryVocabulary implements OnModuleInit {
  constructor(
    private readonly vocabulary: ClientVocabulary,
    private readonly registries: Registries,
  ) {}

  onModuleInit(): void {
    this.vocabulary.register(() => this.names());
  }

  private async names(): ReturnType<VocabularySource> {
    const { registry } = await this.registries.snapshot();
    const [zh, en] = [await this.registries.serviceNames('zh-CN'), await this.registries.serviceNames('en')];
    return {
      purposes: new Map(registry.catalogue.purposes.map(({ code, label }) => [code, label])),
      services:
        registry.services &&
        new Map(registry.services.map((code) => [code, { 'zh-CN': zh.get(code) ?? code, en: en.get(code) ?? code }])),
    };
  }
}
