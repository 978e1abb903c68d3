import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes longest, longest first. Vitest goes by size where it has not seen a file before, and these are short files of long tests. */
const slow = [
  'tests/sdk/plan/faults-making.test.ts',
  'tests/sdk/store-kill.test.ts',
  'tests/sdk/plan/faults-connecting.test.ts',
  'tests/sdk/plan/faults-changing.test.ts',
  'tests/sdk/walk-through.test.ts',
  'tests/sdk/plan/faults-removing.test.ts',
  'tests/sdk/plan/service-connect.test.ts',
]

/** Begins with the slow files, so that no worker is left alone with one at the end. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = slow.findIndex((path) => moduleId.endsWith(path))
      return at < 0 ? slow.length : at
    }
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b))
  }
}
