import { hiddenCharacterIn } from '@abide/kernel';
import { requestContext } from '@abide/platform';
import type { PolicyProblem, PolicyTests } from '@abide/rulebook';
import type { Calculator } from '../calculation/calculator.js';
import { refusal } from '../policy.errors.js';

/** The longest text of tests, in bytes of UTF-8. */
export const longestTests = 200_000;

const tooLarge: Pick<PolicyProblem, 'path' | 'code' | 'message' | 'line'> = {
  path: '',
  code: 'policy.tooLarge',
  message: {
    'zh-CN': `测试文本过大，上限为 ${longestTests} 字节。`,
    en: `The tests are too large; the limit is ${longestTests} bytes.`,
  },
};

/** The cases of a text. @throws DomainError `policy.tests_invalid` naming the places that cannot be read */
export async function readTests(content: string, calculator: Calculator): Promise<PolicyTests> {
  if (Buffer.byteLength(content) > longestTests) throw invalid([tooLarge]);
  const { tests, problems } = await calculator.calculate('parsePolicyTests', [content]);
  if (!tests) throw invalid(problems);
  return tests;
}

/** The same of a text to be kept: what its cases are called is read by others, who must see all of it. @throws DomainError `policy.tests_invalid` */
export async function readTestsToKeep(content: string, calculator: Calculator): Promise<PolicyTests> {
  const tests = await readTests(content, calculator);
  const found = [content, ...tests.cases.map(({ name }) => name)].map(hiddenCharacterIn).find((one) => one !== null);
  if (found !== undefined)
    throw invalid([
      {
        path: '',
        code: 'policy.hiddenCharacter',
        message: {
          'zh-CN': `测试文本含有看不见或改变显示顺序的字符 ${found}，请删去。`,
          en: `The tests hold ${found}, which nobody sees or which turns the order of others. Remove it.`,
        },
      },
    ]);
  return tests;
}

function invalid(problems: readonly (typeof tooLarge)[]): Error {
  const locale = requestContext()?.locale ?? 'zh-CN';
  return refusal('policy.tests_invalid', {
    detail: 'The tests cannot be read. Nothing was stored or run; mend the places named.',
    errors: problems.map(({ path, code, message, line }) => ({
      pointer: path,
      code,
      message: message[locale],
      ...(line === undefined ? {} : { line }),
    })),
  });
}
