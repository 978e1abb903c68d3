import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { card, expect, openMap, test } from './support/journey'

/**
 * The palette's results scroll with the arrow keys while the focus stays in the field above (aria-activedescendant). axe asks for a focus
 * inside whatever scrolls and does not know of that pattern.
 */
const virtualFocus = ['scrollable-region-focusable']

async function expectNothingSerious(page: Page, exceptions: string[] = []): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .disableRules(exceptions)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(
    serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`),
  ).toEqual([])
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme })

    test('axe finds nothing serious on the map, the inspector and the call drawer', async ({
      page,
      product,
    }) => {
      await openMap(page, product)
      await expectNothingSerious(page)
      await card(page, 'backend-api').click()
      const inspector = page.getByRole('complementary')
      await expect(inspector).toContainText('backend-api-service')
      await inspector.getByRole('button', { name: 'Call', exact: true }).click()
      const drawer = page.getByRole('region', { name: 'Call' })
      await drawer.getByRole('button', { name: 'Call', exact: true }).click()
      await expect(drawer.locator('[data-answered-task-id]')).toBeVisible()
      await expectNothingSerious(page)
      for (const tab of [/Instances/, /Config/]) {
        await inspector.getByRole('tab', { name: tab }).click()
        await expectNothingSerious(page)
      }
    })

    test('axe finds nothing serious in the table, the palette, the help and a dialog', async ({
      page,
      product,
    }) => {
      await openMap(page, product)
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectNothingSerious(page)
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+k')
      await expect(page.getByRole('dialog')).toBeVisible()
      await page.keyboard.press('ArrowDown')
      await expectNothingSerious(page, virtualFocus)
      await page.keyboard.type('export namespace')
      await page.keyboard.press('Enter')
      const exported = page.getByRole('dialog', { name: 'Export production.local' })
      await expect(exported.getByRole('region', { name: 'AWS CLI' })).toContainText('backend-api-service')
      await page.keyboard.press('Escape')
      await expect(exported).toBeHidden()
      await page.keyboard.press('v')
      await expect(page.getByRole('row').first()).toBeVisible()
      await expectNothingSerious(page)
      await page.keyboard.press('v')
      await card(page, 'backend-api').click()
      await page.getByRole('complementary').getByRole('button', { name: 'Scale' }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectNothingSerious(page)
    })
  })
}

test('nothing is cut off in a narrow window, and the page itself never scrolls', async ({
  page,
  product,
}) => {
  await page.setViewportSize({ width: 1024, height: 768 })
  await openMap(page, product)
  await card(page, 'backend-api').click()
  await expect(page.getByRole('complementary')).toContainText('backend-api-service')
  const overflow = await page.evaluate(() => ({
    across: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    down: document.documentElement.scrollHeight - document.documentElement.clientHeight,
  }))
  expect(overflow).toEqual({ across: 0, down: 0 })
})
