/** The failures of a run in one line each: what failed, and the first line of why. */

/**
 * @param {object} result what Jest writes with `--json`
 * @param {string} root folder that the paths are shortened by
 * @returns {string[]}
 */
export function failuresOf(result, root) {
  return result.testResults.flatMap((file) => {
    const path = file.name.replaceAll('\\', '/').replace(root.replaceAll('\\', '/'), '');
    const tests = file.assertionResults.filter(({ status }) => status !== 'passed');
    if (tests.length === 0) return file.status === 'failed' ? [`${path}: ${reason(file.message)}`] : [];
    return tests.map((test) => `${path}: ${[...test.ancestorTitles, test.title].join(' ')}: ${whyOf(test)}`);
  });
}

/** The first line that says something; headings of Jest do not, and one that ends in a colon goes on in the next. */
export function reason(text) {
  const [first = 'it does not say why', second = ''] = linesOf(text);
  return first.endsWith(':') ? `${first} ${second}`.trim() : first;
}

/** The first line in which a tool complains, else the first at all. */
export function complaint(output) {
  return linesOf(output).find((line) => /error|failed/i.test(line)) ?? reason(output);
}

function linesOf(text) {
  const plain = (text ?? '').replaceAll(/\u001b\[[0-9;]*m/g, '');
  const lines = plain.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !/^[●•✖✕]/.test(line));
}

function whyOf({ status, failureMessages, ancestorTitles, title }) {
  const heading = [...ancestorTitles, title].join(' > ');
  return status === 'failed' ? reason(failureMessages[0]?.replace(heading, '')) : `not run (${status})`;
}
