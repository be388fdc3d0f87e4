import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { DomainError } from '@abide/kernel';
import { Temporal } from 'temporal-polyfill';
import { Database } from '../database/database.js';
import { ForEveryone } from '../http/access.js';
import { Flag, Instant, Text } from '../http/fields.js';
import { ScheduledTasks } from '../jobs/scheduled-tasks.js';
import { SettableClock } from '../time/settable-clock.js';

class MessagesQuery {
  @Text({ asTyped: true, max: 254, description: 'The phone number or e-mail address it was sent to' })
  readonly to: string = '';
}

class DevelopmentMessage {
  @ApiProperty() readonly channel: string = '';
  @ApiProperty() readonly to: string = '';
  @ApiPropertyOptional() readonly subject?: string;
  @ApiProperty() readonly text: string = '';
  @ApiProperty({ format: 'date-time' }) readonly sentAt: string = '';
}

class DevelopmentMessages {
  @ApiProperty({ type: [DevelopmentMessage] }) readonly items: readonly DevelopmentMessage[] = [];
}

class ClockChange {
  @Instant({ optional: true }) readonly at?: string;
  @Text({ max: 40, optional: true, description: 'ISO 8601 duration to move on by', example: 'P7D' })
  readonly advance?: string;
  @Flag({ optional: true, description: 'Back to the system clock' }) readonly reset?: boolean;
}

class ClockReading {
  @ApiProperty({ format: 'date-time' }) readonly now: string = '';
}

interface MessageRow {
  channel: string;
  recipient: string;
  subject: string | null;
  text: string;
  sent_at: Date;
}

/** The mailbox and the clock of development; the module leaves it out when NODE_ENV=production. */
@ApiTags('Development')
@Controller('dev')
@ForEveryone()
export class DevelopmentController {
  constructor(
    private readonly db: Database,
    private readonly clock: SettableClock,
    private readonly tasks: ScheduledTasks,
  ) {}

  @Get('messages')
  @ApiOperation({
    summary: 'The newest 100 messages of the development mailbox',
    operationId: 'listDevelopmentMessages',
  })
  @ApiOkResponse({ type: DevelopmentMessages })
  async newest(): Promise<DevelopmentMessages> {
    return { items: (await this.messages('true', [])).map(toMessage) };
  }

  @Post('messages/query')
  @HttpCode(200)
  @ApiOperation({ summary: 'Messages sent to one address, newest first', operationId: 'queryDevelopmentMessages' })
  @ApiOkResponse({ type: DevelopmentMessages })
  async query(@Body() { to }: MessagesQuery): Promise<DevelopmentMessages> {
    return { items: (await this.messages('recipient = $1', [to])).map(toMessage) };
  }

  @Get('clock')
  @ApiOperation({ summary: 'The time every rule sees', operationId: 'readDevelopmentClock' })
  @ApiOkResponse({ type: ClockReading })
  read(): ClockReading {
    return { now: this.clock.now().toISOString() };
  }

  @Post('clock')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Set or advance the time every rule sees; what is due runs before the time moves, what falls due before the answer',
    operationId: 'setDevelopmentClock',
  })
  @ApiOkResponse({ type: ClockReading })
  async set(@Body() change: ClockChange): Promise<ClockReading> {
    await this.tasks.runAll();
    if (change.reset) await this.clock.reset();
    else await this.clock.setTo(this.target(change));
    await this.tasks.runAll();
    return this.read();
  }

  private target({ at, advance }: ClockChange): Date {
    if (at !== undefined && advance === undefined) return new Date(at);
    if (advance === undefined || at !== undefined)
      throw new DomainError('invalid', 'clock.bad_change', { detail: 'Give either at, advance or reset.' });
    try {
      const now = Temporal.Instant.fromEpochMilliseconds(this.clock.now().getTime()).toZonedDateTimeISO('UTC');
      return new Date(now.add(Temporal.Duration.from(advance)).epochMilliseconds);
    } catch {
      throw new DomainError('invalid', 'clock.bad_duration', {
        detail: 'advance must be an ISO 8601 duration such as P7D.',
      });
    }
  }

  private messages(where: string, parameters: readonly unknown[]): Promise<MessageRow[]> {
    return this.db.query<MessageRow>(
      `SELECT channel, recipient, subject, text, sent_at FROM platform.development_messages WHERE ${where} ORDER BY sent_at DESC, id DESC LIMIT 100`,
      parameters,
    );
  }
}

function toMessage(row: MessageRow): DevelopmentMessage {
  return {
    channel: row.channel,
    to: row.recipient,
    subject: row.subject ?? undefined,
    text: row.text,
    sentAt: row.sent_at.toISOString(),
  };
}
