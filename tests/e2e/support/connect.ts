import type { Locator, Page } from '@playwright/test'
import { expect } from './journey'

/** The drawer that makes calls. */
export const drawer = (page: Page) => page.getByRole('region', { name: 'Call' })

/** Types a command into the palette and takes the first that is found. */
export async function command(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('searchbox').fill(text)
  await expect(page.getByRole('menuitem').first()).toBeVisible()
  await page.keyboard.press('Enter')
}

export async function choose(page: Page, box: Locator, option: string | RegExp): Promise<void> {
  await box.click()
  await page.getByRole('option', { name: option }).click()
}

/** Calls the backend from inside a task of the frontend; gives the box with the answer. */
export async function callFromFrontend(page: Page, via: RegExp): Promise<Locator> {
  const call = drawer(page)
  await choose(page, call.getByRole('button', { name: /Call from/ }), /frontend-web/)
  await choose(page, call.getByRole('button', { name: /Service to call/ }), /backend-api/)
  await choose(page, call.getByRole('button', { name: /Found by/ }), via)
  await call.getByLabel('Path').fill('/api/data')
  await call.getByRole('button', { name: 'Call', exact: true }).click()
  return call.locator('[data-answered-task-id]')
}
