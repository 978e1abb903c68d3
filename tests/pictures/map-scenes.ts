import { card, expect } from '../e2e/support/journey'
import { kept, type Scene } from './scene'

/** Of the example stack: fifty calls from the map, shared by both instances. */
export const scenesOfMap: readonly Scene[] = [
  kept('map', async (page, consoleUrl) => {
    await page.goto(`${consoleUrl}/?selected=service%2Fdefault%2Fbackend-api-service`)
    await expect(card(page, 'backend-api')).toContainText('2/2')
    await expect(card(page, 'frontend-web')).toContainText('1/1')
    await page.getByRole('complementary').getByRole('button', { name: 'Call', exact: true }).click()
    const drawer = page.getByRole('region', { name: 'Call' })
    await drawer
      .getByRole('button', { name: /^Call ×/ })
      .first()
      .click()
    await expect(drawer).toContainText('50 of 50 calls')
    await expect(drawer.getByRole('button', { name: 'Stop' })).toHaveCount(0)
    // The drawer and the inspector took their room from the map.
    await page.getByRole('button', { name: 'Fit everything in view' }).click()
    await page.mouse.move(0, 0)
    await expect(page.getByRole('tooltip')).toHaveCount(0)
  }),
]
