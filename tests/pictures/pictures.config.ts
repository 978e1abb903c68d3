import { defineConfig } from '@playwright/test'
import journeys from '../../playwright.config'

/**
 * Pictures of the built product: `npx playwright test --config tests/pictures/pictures.config.ts`. Those that the documents show go to
 * public/screens; with SWITCHBOARD_PICTURES=<folder>, every screen goes there, wide and narrow.
 */
export default defineConfig({
  ...journeys,
  testDir: '.',
  testMatch: 'pictures.ts',
  timeout: 600_000,
  use: { ...journeys.use, actionTimeout: 10_000, trace: 'off' },
  outputDir: '../../test-results',
})
