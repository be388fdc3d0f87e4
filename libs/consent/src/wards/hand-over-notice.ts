import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { DomainEvents, Locale, Localized } from '@abide/kernel';
import { Inbox, Notifier } from '@abide/notifications';
import { Database, Jobs } from '@abide/platform';

const messageQueue = 'consent.hand_over_message';

type HandedOver = DomainEvents['identity.minor_handed_over'];
type Whom = 'childAt14' | 'guardianAt14' | 'childAt18';

interface Text {
  readonly title: Localized;
  readonly summary: Localized;
}

const texts: Readonly<Record<Whom, Text>> = {
  childAt14: {
    title: { 'zh-CN': '从现在起由你自己决定', en: 'From now on you decide yourself' },
    summary: {
      'zh-CN':
        '你已达到可以自行同意的年龄。监护人此前作出的同意继续有效，请在隐私设置中查看，你可以随时保留或撤回。十八岁以前请继续与监护人一起使用服务。',
      en: 'You have reached the age at which you consent yourself. What your guardian consented to before stays as it is: look at it in your privacy settings, and keep or withdraw it as you like. Until you are eighteen, use the service together with your guardian.',
    },
  },
  guardianAt14: {
    title: { 'zh-CN': '孩子现在自行决定', en: 'Your child now decides alone' },
    summary: {
      'zh-CN': '您的孩子已达到可以自行同意的年龄，您此后不能再代为同意或撤回。您此前作出的同意继续有效，直至孩子更改。',
      en: 'Your child has reached the age of consenting alone, so you can no longer consent or withdraw for them. What you consented to stays as it is until your child changes it.',
    },
  },
  childAt18: {
    title: { 'zh-CN': '您已成年', en: 'You are of age' },
    summary: {
      'zh-CN': '您已年满十八岁，面向未成年人的特别保护和监护关系到此结束。您的同意和设置不变，请在隐私设置中查看。',
      en: 'You are eighteen: the special protection of minors and any guardianship end here. Your consents and settings stay as they are; look at them in your privacy settings.',
    },
  },
};

/** Tells a child, and the guardians, when the power to decide passes over at 14, and when minority ends at 18. */
@Injectable()
export class HandOverNotice implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly jobs: Jobs,
    private readonly inbox: Inbox,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.jobs.subscribe('identity.minor_handed_over', 'consent', (event) => this.tell(event));
    this.jobs.define<{ subjectId: string; whom: Whom }>(messageQueue, ({ subjectId, whom }) =>
      this.send(subjectId, whom),
    );
  }

  /** The notice is in the inbox, and the message on its way, or neither. */
  private async tell({ subjectId, from, to, guardianIds }: HandedOver): Promise<void> {
    if (!isOlder(from, to)) return;
    await this.db.transaction(async () => {
      await this.tellOne(subjectId, to === 'adult' ? 'childAt18' : 'childAt14');
      if (from !== 'under14') return;
      for (const guardianId of guardianIds) await this.tellOne(guardianId, 'guardianAt14');
    });
  }

  private async tellOne(subjectId: string, whom: Whom): Promise<void> {
    await this.inbox.tell(subjectId, { kind: 'handOver', ...texts[whom], link: '/policies' });
    await this.jobs.send(messageQueue, { subjectId, whom });
  }

  private async send(subjectId: string, whom: Whom): Promise<void> {
    const { title, summary } = texts[whom];
    await this.notifier.sendToBest('transactional', subjectId, (locale: Locale) => ({
      subject: title[locale],
      text: summary[locale],
    }));
  }
}

/** Nobody is handed over who turns out to be younger, or was not known to be a minor: a birth date was given or corrected then. */
function isOlder(from: HandedOver['from'], to: HandedOver['to']): boolean {
  return (from === 'under14' && (to === 'under18' || to === 'adult')) || (from === 'under18' && to === 'adult');
}
