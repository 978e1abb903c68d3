import {
  crowdedCluster,
  crowdedDiscoveryService,
  crowdedNamespace,
  crowdedService,
  crowdedTaskDefinition,
} from './support/crowded'
import { test } from './support/journey'
import { expectNothingSerious } from './support/serious'

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme })

    test('axe finds nothing serious in the most crowded step of each wizard', async ({ page, product }) => {
      test.setTimeout(240_000)
      for (const open of [
        crowdedNamespace,
        crowdedDiscoveryService,
        crowdedService,
        crowdedTaskDefinition,
        crowdedCluster,
      ]) {
        await open(page, product.consoleUrl)
        await expectNothingSerious(page)
        // The draft of one would be the beginning of the next.
        await page.evaluate(() => {
          localStorage.clear()
          sessionStorage.clear()
        })
      }
    })
  })
