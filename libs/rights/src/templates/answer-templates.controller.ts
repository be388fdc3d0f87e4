import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Localized } from '@abide/kernel';
import { ApiProblems, ForOperator, Id, Instant, ListOf, Nested, SomeOf, Text } from '@abide/platform';
import { requestTypes, type RequestType } from '../request-kinds.js';
import type { AnswerTemplate } from './answer-template.entity.js';
import { AnswerTemplates } from './answer-templates.service.js';

class TemplateTitleDto implements Localized {
  @Text({ max: 80, example: '感谢反馈' }) readonly 'zh-CN': string = '';
  @Text({ max: 80, example: 'Thanks for feedback' }) readonly en: string = '';
}

class TemplateTextDto implements Localized {
  @Text({ max: 5000 }) readonly 'zh-CN': string = '';
  @Text({ max: 5000 }) readonly en: string = '';
}

const types = {
  max: requestTypes.length,
  description: 'The kinds of requests that it is offered for; empty: every kind',
} as const;

class WriteAnswerTemplate {
  @SomeOf(requestTypes, types) readonly types: RequestType[] = [];
  @Nested(() => TemplateTitleDto) readonly title: TemplateTitleDto = new TemplateTitleDto();
  @Nested(() => TemplateTextDto) readonly text: TemplateTextDto = new TemplateTextDto();
}

class AnswerTemplateResponse {
  @Id() readonly id: string = '';
  @SomeOf(requestTypes, types) readonly types: readonly RequestType[] = [];
  @Nested(() => TemplateTitleDto) readonly title: TemplateTitleDto = new TemplateTitleDto();
  @Nested(() => TemplateTextDto) readonly text: TemplateTextDto = new TemplateTextDto();
  @Instant() readonly changedAt: string = '';
}

class AnswerTemplatesResponse {
  @ListOf(() => AnswerTemplateResponse, { max: 100 }) readonly items: readonly AnswerTemplateResponse[] = [];
}

/** Words that answers to requests begin with, in the language of whoever is answered. */
@ApiTags('Operators')
@Controller('operator/answer-templates')
export class AnswerTemplatesController {
  constructor(private readonly templates: AnswerTemplates) {}

  @Get()
  @ForOperator('request.read')
  @ApiOperation({ summary: 'The words that answers begin with', operationId: 'listAnswerTemplates' })
  @ApiOkResponse({ type: AnswerTemplatesResponse })
  async list(): Promise<AnswerTemplatesResponse> {
    return { items: (await this.templates.all()).map(toTemplate) };
  }

  @Post()
  @ForOperator('request.decideAny')
  @ApiOperation({ summary: 'Add words that answers begin with', operationId: 'addAnswerTemplate' })
  @ApiCreatedResponse({ type: AnswerTemplateResponse })
  @ApiProblems(409, 'request.too_many_templates')
  async add(@Body() words: WriteAnswerTemplate): Promise<AnswerTemplateResponse> {
    return toTemplate(await this.templates.add({ ...words }));
  }

  @Put(':id')
  @ForOperator('request.decideAny')
  @ApiOperation({ summary: 'Change words that answers begin with', operationId: 'changeAnswerTemplate' })
  @ApiOkResponse({ type: AnswerTemplateResponse })
  @ApiProblems(404, 'request.template_not_found')
  async change(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() words: WriteAnswerTemplate,
  ): Promise<AnswerTemplateResponse> {
    return toTemplate(await this.templates.change(id, { ...words }));
  }

  @Delete(':id')
  @HttpCode(204)
  @ForOperator('request.decideAny')
  @ApiOperation({ summary: 'Take away words that answers begin with', operationId: 'removeAnswerTemplate' })
  @ApiNoContentResponse()
  @ApiProblems(404, 'request.template_not_found')
  async remove(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.templates.remove(id);
  }
}

function toTemplate({ id, types, title, text, changedAt }: AnswerTemplate): AnswerTemplateResponse {
  return { id, types, title, text, changedAt: changedAt.toISOString() };
}
