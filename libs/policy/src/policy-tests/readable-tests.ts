import { requestContext } from '@abide/platform';
import type { PolicyProblem, PolicyTests } from '@abide/rulebook';
import type { Calculator } from '../calculation/calculator.js';
import { refusal } from '../policy.errors.js';

/** The longest text of tests, in bytes of UTF-8. */
export const longestTests = 200_000;

const tooLarge: Pick<PolicyProblem, 'path' | 'code' | 'message' | 'line'> = {
  path: '',
  code: 'policy.tooLarge',
  message: { 'zh-CN': `测试文本过大，上限为 ${longestTests} 字节。`, en: `The tests are too large; the limit is ${longestTests} bytes.` },
};

/** The cases of a text. @throws DomainError `policy.tests_invalid` naming the places that cannot be read */
export async function readTests(content: string, calculator: Calculator): Promise<PolicyTests> {
  if (Buffer.byteLength(content) > longestTests) throw invalid([tooLarge]);
  const { tests, problems } = await calculator.calculate('parsePolicyTests', [content]);
  if (!tests) throw invalid(problems);
  return tests;
}

function invalid(problems: readonly (typeof tooLarge)[]): Error {
  const locale = requestContext()?.locale ?? 'zh-CN';
  return refusal('policy.tests_invalid', {
    detail: 'The tests cannot be read. Nothing was stored or run; mend the places named.',
    errors: problems.map(({ path, code, message, line }) => ({ pointer: path, code, message: message[locale], ...(line === undefined ? {} : { line }) })),
  });
}
