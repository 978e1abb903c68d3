import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))
const alias = {
  '@': root.replace(/\/$/, ''),
  // `server-only` throws outside a server bundle; tests run lib directly.
  'server-only': `${root}tests/support/server-only.ts`,
}

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: { name: 'unit', include: ['tests/lib/**/*.test.ts', 'tests/components/**/*.test.ts'] },
      },
      {
        resolve: { alias },
        // These start real servers and real task processes: few at a time on a small machine.
        test: {
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
