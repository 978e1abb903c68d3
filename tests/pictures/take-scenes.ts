import { mkdir, writeFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { recompress } from './recompress'
import type { Scene } from './scene'

const folder = process.env.SWITCHBOARD_PICTURES
const into = folder ?? 'public/screens'
const only = process.env.SWITCHBOARD_SCENES?.split(',')
const wide = { width: 1440, height: 900 }
const sizes = folder ? [wide, { width: 1024, height: 768 }] : [wide]

/** Those of the scenes that were asked for. */
export const wantedOf = (scenes: readonly Scene[]): readonly Scene[] =>
  scenes.filter(({ name, isKept }) => (only ? only.includes(name) : folder || isKept))

/** Takes each scene in each size, light and dark; resolves with those that could not be opened, and why. */
export async function takeScenes(
  page: Page,
  consoleUrl: string,
  scenes: readonly Scene[],
): Promise<readonly string[]> {
  const missed: string[] = []
  await mkdir(into, { recursive: true })
  for (const size of sizes)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(size)
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      for (const scene of scenes) {
        const name = `${scene.name}-${colorScheme}${size === wide ? '' : `-${size.width}`}`
        try {
          await scene.open(page, consoleUrl)
        } catch (error) {
          // The others are worth having all the same.
          missed.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
        }
        const picture = await page.screenshot({ animations: 'disabled' })
        await writeFile(`${into}/${name}.png`, recompress(picture))
        // A draft of one picture would be the beginning of the next.
        await page.evaluate(() => {
          localStorage.clear()
          sessionStorage.clear()
        })
      }
    }
  return missed
}
