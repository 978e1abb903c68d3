import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { SlowFirst } from './tests/support/slow-first'

const root = fileURLToPath(new URL('.', import.meta.url))
const alias = {
  '@': root.replace(/\/$/, ''),
  // `server-only` throws outside a server bundle; tests run lib directly.
  'server-only': `${root}tests/support/server-only.ts`,
}

/** Files of a worker share its process and what was loaded there: loading the SDK anew for each took longer than the tests. */
const shared = { isolate: false, setupFiles: [`${root}tests/support/shared-process.ts`] }

export default defineConfig({
  resolve: { alias },
  test: {
    sequence: { sequencer: SlowFirst },
    projects: [
      {
        resolve: { alias },
        test: {
          ...shared,
          name: 'unit',
          include: ['tests/lib/**/*.test.ts', 'tests/components/**/*.test.ts'],
          maxWorkers: '100%',
          // Nothing here waits; on a machine with other work even a pure test of 1,000 cards takes a while.
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        // These start real servers and real task processes: few at a time on a small machine.
        test: {
          ...shared,
          name: 'sdk',
          include: ['tests/sdk/**/*.test.ts'],
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        // These run the built console (SWITCHBOARD_DIST_DIR, else .next) as a process of its own.
        test: {
          name: 'console',
          include: ['tests/console/**/*.test.ts'],
          maxWorkers: 1,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
