import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import { Repository } from 'typeorm';
import { refusal } from '../rights.errors.js';
import { AnswerTemplate } from './answer-template.entity.js';

export type TemplateWords = Pick<AnswerTemplate, 'types' | 'title' | 'text'>;

const mostTemplates = 100;

/** The words that answers begin with; whoever answers changes them before they are sent. */
@Injectable()
export class AnswerTemplates {
  constructor(
    @InjectRepository(AnswerTemplate) private readonly templateRepository: Repository<AnswerTemplate>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** The oldest first. */
  all(): Promise<AnswerTemplate[]> {
    return this.templateRepository.find({ order: { id: 'ASC' }, take: mostTemplates });
  }

  /** @throws DomainError `request.too_many_templates` */
  async add(words: TemplateWords): Promise<AnswerTemplate> {
    if ((await this.templateRepository.count()) >= mostTemplates) throw refusal('request.too_many_templates');
    return this.save('added', Object.assign(new AnswerTemplate(), { id: newId(), ...words }));
  }

  /** @throws DomainError `request.template_not_found` */
  async change(id: string, words: TemplateWords): Promise<AnswerTemplate> {
    return this.save('changed', Object.assign(await this.get(id), words));
  }

  /** @throws DomainError `request.template_not_found` */
  async remove(id: string): Promise<void> {
    const template = await this.get(id);
    await this.db.transaction(async () => {
      await this.templateRepository.remove(template);
      await this.note('removed', { ...template, id });
    });
  }

  private async get(id: string): Promise<AnswerTemplate> {
    const template = await this.templateRepository.findOneBy({ id });
    if (!template) throw refusal('request.template_not_found');
    return template;
  }

  private async save(act: 'added' | 'changed', template: AnswerTemplate): Promise<AnswerTemplate> {
    return this.db.transaction(async () => {
      const saved = await this.templateRepository.save(Object.assign(template, { changedAt: this.clock.now() }));
      await this.note(act, saved);
      return saved;
    });
  }

  private async note(act: 'added' | 'changed' | 'removed', { id, title }: AnswerTemplate): Promise<void> {
    await this.audit.record({
      act: `answerTemplate.${act}`,
      object: { type: 'answerTemplate', id },
      details: { title: title['zh-CN'] },
    });
  }
}
