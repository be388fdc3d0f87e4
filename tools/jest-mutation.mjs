/** The unit specs of one project, as tools/mutation.mjs runs them in Stryker's copy of the checkout. */
import jestConfig from '../jest.config.mjs';

const unit = jestConfig.projects.find(({ displayName }) => displayName === 'unit');

export default { ...unit, testMatch: [`<rootDir>/${process.env.ABIDE_MUTATED_PROJECT}/src/**/*.spec.ts`] };
